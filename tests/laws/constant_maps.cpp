// The same while compiling.
#include "crdt/types.hpp"
#include "hold.hpp"

static_assert(laws::hold_while_compiling<crdt::maps<>>);
