/// @file
/// Which id an event type has in a store's log.
#pragma once

#include "anabranch/codec/canonical.hpp"
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
    for (; indices_.size() > size; indices_.pop_back()) ids_[indices_.back()] = no_id;
  }

  result<void> recover(file::frame const& f) {
    std::uint64_t shape = 0;
    if (f.tag != indices_.size() || f.payload.size() < sizeof shape) return malformed_record("an event type");
    for (std::size_t i = 0; i < sizeof shape; ++i) shape |= std::to_integer<std::uint64_t>(f.payload[i]) << (8 * i);
    auto const tail = f.payload.subspan(sizeof shape);
    std::string_view const name(reinterpret_cast<char const*>(tail.data()), tail.size());
    std::size_t i = 0, other = count;
    for (; i < count && (known[i].name != name || known[i].version != f.number); ++i) {
      if (known[i].name == name) other = i;
    }
    if (i == count && unknown != count) {
      indices_.reserve(indices_.size() + 1);
      unknown_.push_back({static_cast<std::uint16_t>(f.tag), std::string(name), static_cast<std::uint32_t>(f.number)});
      indices_.push_back(static_cast<std::uint16_t>(unknown));
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
      return error(errc::wrong_type, "an event type's fields have changed since the store was written",
                   "undo the change, or count the changed type's version on and write an upcaster from the old one",
                   name);
    }
    indices_.push_back(static_cast<std::uint16_t>(i));
    ids_[i] = static_cast<std::uint16_t>(f.tag);
    return {};
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
  struct passing {
    std::uint16_t id;
    std::string name;
    std::uint32_t version;
  };

  void define(std::size_t i, file::batch& b) {
    indices_.reserve(indices_.size() + 1);
    auto const id = static_cast<std::uint16_t>(indices_.size());
    auto const name = known[i].name;
    b.begin_frame(static_cast<std::uint8_t>(file::record::event_type), id, known[i].version);
    auto* p = b.extend(sizeof(std::uint64_t) + name.size());
    for (std::size_t k = 0; k < sizeof(std::uint64_t); ++k) *p++ = static_cast<std::byte>(shapes[i] >> (8 * k) & 0xFFU);
    std::memcpy(p, name.data(), name.size());
    b.end_frame();
    indices_.push_back(static_cast<std::uint16_t>(i));
    ids_[i] = id;
  }

  std::uint16_t ids_[count] = {((void)sizeof(Ts), no_id)...};
  std::vector<std::uint16_t> indices_{};
  std::vector<passing> unknown_{};
};

}  // namespace ab::detail
