// What holds for every codec.
#pragma once

#include "anabranch/codec/concepts.hpp"
#include "anabranch/codec/encode.hpp"
#include "catch.hpp"

namespace samples {

template <class Codec, class T>
ab::bytes encoded(T const& value) {
  ab::bytes all;
  ab::append_bytes sink{all};
  Codec::encode(value, sink);
  return all;
}

// The decoded value is the encoded one, in memory of its own size: a copy of the bytes, so that a sanitizer sees a byte
// read too far.
template <class Codec, class T>
void comes_back_exactly() {
  static_assert(ab::codec_for<Codec, T>);
  int i = 0;
  for (T const& value : T::values()) {
    INFO("sample " << i++);
    auto const all = encoded<Codec>(value);
    CHECK(all.size() >= Codec::template least_size<T>);
    ab::result<T> const back = Codec::template decode<T>(ab::bytes(all));
    if (!back) FAIL(back.error().message().c_str());
    CHECK(*back == value);
  }
}

template <class Codec, class T>
void is_refused_where_cut_short() {
  for (T const& value : T::values()) {
    auto const all = encoded<Codec>(value);
    if (all.size() > 5000) continue;
    for (std::size_t n = 0; n < all.size(); ++n) {
      ab::bytes const part(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(n));
      auto const back = Codec::template decode<T>(part);
      INFO(n << " of " << all.size() << " bytes");
      REQUIRE(!back);
      CHECK(back.error() == ab::errc::malformed);
      CHECK(!back.error().message().view().empty());
    }
  }
}

}  // namespace samples
