// Calls one of the two functions that a case defines. They live in another unit, so that the call is a call.
#include <cstdlib>
#include <cstring>

extern "C" void ours(long n);
extern "C" void by_hand(long n);

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  auto const n = std::atol(argv[2]);
  std::strcmp(argv[1], "ours") == 0 ? ours(n) : by_hand(n);
}
