// Tells types apart without run-time type information.
#pragma once

namespace ab::detail {

// Its address is the type's own.
template <class T>
inline constexpr char type_token = 0;

}  // namespace ab::detail
