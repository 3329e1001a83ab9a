// One of two units that share the library in one program; see b.cpp and tests/checks/odr.
#include <anabranch/anabranch.hpp>

int minor_seen_by_b();

int main() { return ab::version.minor == minor_seen_by_b() ? 0 : 1; }
