/// @file
/// Which id an event type has in a store's log.
#pragma once

#include "anabranch/codec/canonical.hpp"
#include "anabranch/codec/detail/leading_fields.hpp"
#include "anabranch/codec/fingerprint.hpp"
#include "anabranch/core/definition.hpp"
#include "anabranch/core/one_of.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/storage/file/batch.hpp"
#include "anabranch/storage/file/frame.hpp"
#include "anabranch/storage/file/records.hpp"
#include "anabranch/upcast/unknown_event.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace ab::detail {

template <class Any, class Codec>
class event_types;

// Only the library's own format says which bytes are a field's.
template <class Codec, class T>
consteval bool is_tolerant() {
  if constexpr (definition_of<T>.tolerant) {
    static_assert(std::is_same_v<Codec, canonical_codec> && canonical::has_leading_fields<T>(),
                  "a tolerant definition needs ab::canonical_codec, and an aggregate with a default for every field");
    return true;
  }
  return false;
}
template <class Codec, class T>
consteval std::uint64_t shape_of_event() {
  if constexpr (std::is_same_v<T, unknown_event>) {
    return 0;
  } else {
    Codec::template require<T>();
    (void)definition_must_hold<T>();
    return Codec::template shape<T>();
  }
}

// The program's types are told by name, so that listing them in another order changes nothing. A type gets its id when its
// first event is written.
template <class... Ts, class Codec>
class event_types<one_of<Ts...>, Codec> {
 public:
  static constexpr std::uint16_t no_id = 0xFFFF;
  static constexpr std::size_t count = sizeof...(Ts);
  static_assert(count < no_id);
  static constexpr std::size_t unknown = index_of<unknown_event, Ts...>();  // `count` where none is let pass

  // The id of the program's `i`-th type, defined in `b` where it has none. May throw before anything changed.
  std::uint16_t id(std::size_t i, file::batch& b) {
    if (ids_[i] == no_id) define(i, b);
    return ids_[i];
  }
  // The program's type of an id; `count` where the log never defined it.
  std::size_t index(std::uint16_t id) const noexcept { return id < indices_.size() ? indices_[id] : count; }

  std::size_t size() const noexcept { return indices_.size(); }
  void rewind(std::size_t size) noexcept {
    for (; indices_.size() > size; indices_.pop_back()) {
      ids_[indices_.back()] = no_id;
      fields_.pop_back();
    }
  }

  result<void> recover(file::frame const& f) {
    std::uint64_t shape = 0;
    if (f.tag != indices_.size() || f.payload.size() < sizeof shape) return malformed_record("an event type");
    for (std::size_t i = 0; i < sizeof shape; ++i) shape |= std::to_integer<std::uint64_t>(f.payload[i]) << (8 * i);
    auto const tail = f.payload.subspan(sizeof shape);
    std::string_view name(reinterpret_cast<char const*>(tail.data()), tail.size());
    bytes_view leading{};  // of a tolerant type, the fingerprints of its first fields
    if (auto const end = name.find('\0'); end != name.npos) {
      leading = tail.subspan(end + 1);
      name = name.substr(0, end);
    }
    std::size_t i = 0, other = count;
    for (; i < count && (known[i].name != name || known[i].version != f.number); ++i) {
      if (known[i].name == name) other = i;
    }
    if (i == count && unknown != count) {
      reserve();
      unknown_.push_back({static_cast<std::uint16_t>(f.tag), std::string(name), static_cast<std::uint32_t>(f.number)});
      add(static_cast<std::uint16_t>(unknown), all_fields);
      return {};
    }
    if (i == count && other != count) {
      return error(errc::wrong_type, "an event type is stored in a version that this program doesn't declare",
                   "declare it, with an upcaster to today's, or open the store with the program that wrote it", name)
          .with(static_cast<std::int64_t>(known[other].version), static_cast<std::int64_t>(f.number));
    }
    if (i == count) {
      return error(errc::unknown_type, "the store holds events of a type that this program doesn't declare",
                   "add the type to its family again, or open the store with the program that wrote it", name);
    }
    if (shapes[i] != shape) {
      if (auto const n = common_fields(i, leading); n != 0) {
        reserve();
        add(static_cast<std::uint16_t>(i), n);  // read so; written under an id of its own
        return {};
      }
      return error(errc::wrong_type, "an event type's fields have changed since the store was written",
                   "undo the change, or count the changed type's version on and write an upcaster from the old one",
                   name);
    }
    reserve();
    add(static_cast<std::uint16_t>(i), all_fields);
    ids_[i] = static_cast<std::uint16_t>(f.tag);
    return {};
  }

  // Decodes an event of the program's type `T` that was stored under the id.
  template <class T>
  result<T> decode(std::uint16_t id, bytes_view payload) const {
    if constexpr (is_tolerant<Codec, T>()) {
      if (fields_[id] != all_fields) return canonical::decode_leading<T>(payload, fields_[id]);
    }
    return Codec::template decode<T>(payload);
  }

  // An event of a type that was let pass.
  result<unknown_event> pass(std::uint16_t id, bytes_view payload) const {
    for (auto const& u : unknown_) {
      if (u.id == id) return unknown_event{u.name, u.version, bytes(payload.begin(), payload.end())};
    }
    return malformed_record("an event of an unknown type");
  }

  static constexpr error malformed_record(std::string_view what) noexcept {
    return {errc::corrupt, "a record of the store makes no sense",
            "open the store with ab::file::open_mode::salvage to read "
            "what lies before it",
            what};
  }

 private:
  static constexpr definition known[] = {definition_of<Ts>...};
  static constexpr std::uint64_t shapes[] = {shape_of_event<Codec, Ts>()...};
  static constexpr std::uint8_t all_fields = 0xFF;
  static_assert(canonical_codec::max_fields < all_fields);
  struct passing {
    std::uint16_t id;
    std::string name;
    std::uint32_t version;
  };

  void define(std::size_t i, file::batch& b) {
    reserve();
    auto const id = static_cast<std::uint16_t>(indices_.size());
    auto const name = known[i].name;
    b.begin_frame(static_cast<std::uint8_t>(file::record::event_type), id, known[i].version);
    put(b, shapes[i]);
    std::memcpy(b.extend(name.size()), name.data(), name.size());
    with_index<count>(i, [&](auto k) {
      using T = typename one_of<Ts...>::template type<k>;
      if constexpr (is_tolerant<Codec, T>()) {
        *b.extend(1) = std::byte{};
        for (auto const leading : canonical::leading_shapes<T>()) put(b, leading);
      }
    });
    b.end_frame();
    add(static_cast<std::uint16_t>(i), all_fields);
    ids_[i] = id;
  }
  static void put(file::batch& b, std::uint64_t number) {
    auto* p = b.extend(sizeof number);
    for (std::size_t k = 0; k < sizeof number; ++k) *p++ = static_cast<std::byte>(number >> (8 * k) & 0xFFU);
  }

  // How many first fields the program's type and the stored one have in common, if those of the one are all of the other's first.
  static std::uint8_t common_fields(std::size_t type, bytes_view stored) {
    return with_index<count>(type, [&](auto k) -> std::uint8_t {
      using T = typename one_of<Ts...>::template type<k>;
      if constexpr (is_tolerant<Codec, T>()) {
        constexpr auto ours = canonical::leading_shapes<T>();
        auto const theirs = stored.size() / sizeof(std::uint64_t);
        auto const n = ours.size() < theirs ? ours.size() : theirs;
        if (n == 0) return 0;
        std::uint64_t last = 0;
        for (std::size_t i = 0; i < sizeof last; ++i)
          last |= std::to_integer<std::uint64_t>(stored[(n - 1) * sizeof last + i]) << (8 * i);
        return ours[n - 1] == last ? static_cast<std::uint8_t>(n) : 0;
      } else {
        return 0;
      }
    });
  }
  void reserve() {
    indices_.reserve(indices_.size() + 1);
    fields_.reserve(fields_.size() + 1);
  }
  void add(std::uint16_t type, std::uint8_t fields) noexcept {
    indices_.push_back(type);
    fields_.push_back(fields);
  }

  std::uint16_t ids_[count] = {((void)sizeof(Ts), no_id)...};
  std::vector<std::uint16_t> indices_{};
  std::vector<std::uint8_t> fields_{};  // of each id, how many are read
  std::vector<passing> unknown_{};
};

}  // namespace ab::detail
