/// @file
/// `ab::lattice::merge_parts`: the lattices that a lattice is composed of, for its fingerprint.
#pragma once

namespace ab::lattice {

/// Named by a lattice with members as `using merge_parts = ab::lattice::merge_parts<First, Second>;`, beside
/// `static constexpr std::string_view merge_name`: together they say how its values merge. See `ab::merge_fingerprint`.
template <class... Lattices>
struct merge_parts {};

}  // namespace ab::lattice
