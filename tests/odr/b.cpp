#include <anabranch/anabranch.hpp>

int minor_seen_by_b();
int minor_seen_by_b() { return ab::version.minor; }
