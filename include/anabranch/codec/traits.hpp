/// @file
/// `ab::codec_traits<T>`: how a type of yours, or of another library, is stored.
#pragma once

namespace ab {

/// Specialise it for a type that is stored as a value of another type, and checked when it is read.
///
/// ```cpp
/// template <>
/// struct ab::codec_traits<email> {
///   using stored = std::string_view;
///   static constexpr stored to(email const& e) { return e.text(); }
///   static ab::result<email> from(stored s) { return email::parse(s); }
/// };
/// ```
///
/// `stored` is any type that can be encoded. `to` is called twice per value and gives the same both times. `from` gives
/// a `T`, or a `result<T>` where not every stored value is one; an error becomes the error of `decode`. So that equal
/// values have equal bytes, `from` refuses what `to` never gives.
///
/// Where `stored` is a view, a decoded `T` counts as pointing into the bytes it came from. One that copies what it
/// gets, as above, says `static constexpr bool borrows = false;`.
template <class T>
struct codec_traits {};

}  // namespace ab
