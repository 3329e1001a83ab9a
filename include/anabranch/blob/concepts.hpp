/// @file
/// What a blob store provides: `ab::blob_store`.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

namespace ab {

template <class T>
class result;

namespace detail {

template <class R>
concept byte_result = requires(R const& r) {
  { *r } -> std::convertible_to<std::span<std::byte const>>;
};

}  // namespace detail

/// Takes a blob in pieces: `append` each, then `finish`. One that goes without `finish` leaves nothing behind.
template <class W, class Ref>
concept blob_writer = std::is_nothrow_move_constructible_v<W> && requires(W& w, std::span<std::byte const> b) {
  { w.append(b) } -> std::same_as<result<void>>;
  { w.finish() } -> std::same_as<result<Ref>>;
};

/// Gives a blob in pieces: `read` fills a span from its front and says how many bytes; 0 once all have been read and
/// proved right. `finish` says whether they have.
template <class R>
concept blob_reader = std::is_nothrow_move_constructible_v<R> && requires(R& r, std::span<std::byte> to) {
  { r.read(to) } -> std::same_as<result<std::size_t>>;
  { r.finish() } -> std::same_as<result<void>>;
};

/// Keeps bytes under the digest of what they are. Models: `memory_blobs`, `folder_blobs`.
///
/// | member of `S` | |
/// |---|---|
/// | `ref`, `digest` | a `basic_blob_ref<Hash>`, and `Hash::digest` |
/// | `writer_type`, `reader_type` | a `blob_writer` and a `blob_reader` |
/// | `put(bytes, media_type)` | keeps the bytes; the reference |
/// | `put(bytes, ref)` | keeps bytes that came from elsewhere, if they are those of the reference |
/// | `writer(media_type)`, `writer(ref)` | the same, in pieces |
/// | `get(ref)`, `reader(ref)` | the bytes, checked; in pieces |
/// | `contains(id)`, `erase(id)` | whether there is one; whether there was |
/// | `list()` | all, sorted by id: a range of `{id, size}` |
template <class S>
concept blob_store = requires(S& s, S const& c, std::span<std::byte const> b, std::string_view media,
                              typename S::ref const& r, typename S::digest const& id) {
  requires std::same_as<decltype(r.id), typename S::digest>;
  requires blob_writer<typename S::writer_type, typename S::ref>;
  requires blob_reader<typename S::reader_type>;
  { s.put(b, media) } -> std::same_as<result<typename S::ref>>;
  { s.put(b, r) } -> std::same_as<result<typename S::ref>>;
  { s.writer(media) } -> std::same_as<result<typename S::writer_type>>;
  { s.writer(r) } -> std::same_as<result<typename S::writer_type>>;
  { c.get(r) } -> detail::byte_result;
  { c.reader(r) } -> std::same_as<result<typename S::reader_type>>;
  { c.contains(id) } -> std::same_as<result<bool>>;
  { s.erase(id) } -> std::same_as<result<bool>>;
  { (*c.list()).begin()->id } -> std::convertible_to<typename S::digest>;
  { (*c.list()).begin()->size } -> std::convertible_to<std::uint64_t>;
};

namespace detail {

// One message a requirement, so that all that is missing shows at once.
template <class S>
consteval bool must_be_blob_store() {
  constexpr bool named = requires {
    typename S::ref;
    typename S::digest;
    typename S::writer_type;
    typename S::reader_type;
  };
  static_assert(named, "blob store: it needs the types `ref`, `digest`, `writer_type` and `reader_type`");
  if constexpr (named) {
    using ref = typename S::ref;
    using digest = typename S::digest;
    using bytes_in = std::span<std::byte const>;
    static_assert(blob_writer<typename S::writer_type, ref>,
                  "blob store: `writer_type` needs `result<void> append(bytes_view)`, `result<ref> finish()` and a "
                  "noexcept move");
    static_assert(blob_reader<typename S::reader_type>,
                  "blob store: `reader_type` needs `result<size_t> read(span<byte>)`, `result<void> finish()` and a "
                  "noexcept move");
    static_assert(
        requires(S& s, bytes_in b, std::string_view m, ref const& r) {
          { s.put(b, m) } -> std::same_as<result<ref>>;
          { s.put(b, r) } -> std::same_as<result<ref>>;
        },
        "blob store: it needs `result<ref> put(bytes_view, std::string_view media_type)` and `result<ref> "
        "put(bytes_view, ref const&)`");
    static_assert(
        requires(S& s, std::string_view m, ref const& r) {
          { s.writer(m) } -> std::same_as<result<typename S::writer_type>>;
          { s.writer(r) } -> std::same_as<result<typename S::writer_type>>;
        },
        "blob store: it needs `result<writer_type> writer(std::string_view media_type)` and `result<writer_type> "
        "writer(ref const&)`");
    static_assert(
        requires(S const& s, ref const& r) {
          { s.get(r) } -> byte_result;
        }, "blob store: it needs `result<bytes> get(ref const&) const`, which checks what it gives");
    static_assert(
        requires(S const& s, ref const& r) {
          { s.reader(r) } -> std::same_as<result<typename S::reader_type>>;
        }, "blob store: it needs `result<reader_type> reader(ref const&) const`");
    static_assert(
        requires(S const& s, digest const& id) {
          { s.contains(id) } -> std::same_as<result<bool>>;
        }, "blob store: it needs `result<bool> contains(digest const&) const`");
    static_assert(
        requires(S& s, digest const& id) {
          { s.erase(id) } -> std::same_as<result<bool>>;
        }, "blob store: it needs `result<bool> erase(digest const&)`, which says whether it was there");
    static_assert(
        requires(S const& s) {
          { (*s.list()).begin()->id } -> std::convertible_to<digest>;
          { (*s.list()).begin()->size } -> std::convertible_to<std::uint64_t>;
        }, "blob store: it needs `list() const`, a result of a range of {id, size}");
  }
  return true;
}

}  // namespace detail

}  // namespace ab
