#include <anabranch/anabranch.hpp>

int main() { return ab::version.major == 0 ? 0 : 1; }
