/// @file
/// `ab::cereal_json_output` and `ab::cereal_json_input`: cereal archives for JSON.
#pragma once

#include "anabranch/ext/cereal/archive.hpp"
#include "anabranch/ext/cereal/detail/json_text.hpp"

#include <cereal/cereal.hpp>
#include <cstddef>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ab {

namespace detail {

template <class T>
inline constexpr bool is_cereal_wrapper = false;  // what gives or alters a value and is none itself
template <class T>
inline constexpr bool is_cereal_wrapper<cereal::NameValuePair<T>> = true;
template <class T>
inline constexpr bool is_cereal_wrapper<cereal::DeferredData<T>> = true;
template <class T>
inline constexpr bool is_cereal_wrapper<cereal::SizeTag<T>> = true;

// Values without parts. cereal calls those minimal that are saved as another value.
template <class T>
inline constexpr bool is_cereal_leaf = cereal_number<T> || std::is_same_v<T, std::string> || std::is_null_pointer_v<T>;

template <class T, class Output>
inline constexpr bool is_cereal_minimal =
    cereal::traits::has_minimal_output_serialization<T, Output>::value ||
    cereal::traits::has_minimal_base_class_serialization<T, cereal::traits::has_minimal_output_serialization,
                                                         Output>::value;

}  // namespace detail

/// Writes JSON as cereal's own archive does, on one line. Two differences: a `long long` is a number where cereal makes
/// it a text, and a NaN of unusual bits is a text of those. It does without rapidjson, whose releases newer compilers
/// refuse.
class cereal_json_output : public cereal::OutputArchive<cereal_json_output, cereal::AllowEmptyClassElision>,
                           public cereal::traits::TextArchive {
 public:
  /// Adds to the end of `to`.
  explicit cereal_json_output(std::string& to) : OutputArchive(this), to_(to) { nodes_.push_back({}); }

  /// Ends the text. To be called once, after all values.
  void finish() { close(); }

  /// The name of the next value.
  void setNextName(char const* name) { next_name_ = name; }

 private:
  struct node {
    bool array = false;
    bool open = false;
    unsigned unnamed = 0;
  };

  void start_value() {
    node& in = nodes_.back();
    to_ += in.open ? ',' : in.array ? '[' : '{';
    in.open = true;
    if (in.array) return;
    detail::json_put_text(to_, next_name_ != nullptr ? next_name_ : "value" + std::to_string(in.unnamed++));
    to_ += ':';
    next_name_ = nullptr;
  }
  void open() {
    start_value();
    if (nodes_.size() == detail::json_depth) throw std::bad_alloc();  // as cereal_json_input would refuse it
    nodes_.push_back({});
  }
  void close() {
    node const& last = nodes_.back();
    if (!last.open) to_ += last.array ? '[' : '{';
    to_ += last.array ? ']' : '}';
    nodes_.pop_back();
  }

  template <class T>
  friend void prologue(cereal_json_output& out, T const&) {
    if constexpr (detail::is_cereal_leaf<T>)
      out.start_value();
    else if constexpr (!detail::is_cereal_wrapper<T> && !detail::is_cereal_minimal<T, cereal_json_output>)
      out.open();
  }
  template <class T>
  friend void epilogue(cereal_json_output& out, T const&) {
    if constexpr (!detail::is_cereal_leaf<T> && !detail::is_cereal_wrapper<T> &&
                  !detail::is_cereal_minimal<T, cereal_json_output>)
      out.close();
  }
  template <detail::cereal_number T>
  friend void CEREAL_SAVE_FUNCTION_NAME(cereal_json_output& out, T const& number) {
    detail::json_put_number(out.to_, number);
  }
  friend void CEREAL_SAVE_FUNCTION_NAME(cereal_json_output& out, std::string const& text) {
    detail::json_put_text(out.to_, text);
  }
  friend void CEREAL_SAVE_FUNCTION_NAME(cereal_json_output& out, std::nullptr_t const&) { out.to_ += "null"; }
  template <class T>
  friend void CEREAL_SAVE_FUNCTION_NAME(cereal_json_output& out, cereal::NameValuePair<T> const& pair) {
    out.setNextName(pair.name);
    out(pair.value);
  }
  template <class T>
  friend void CEREAL_SAVE_FUNCTION_NAME(cereal_json_output& out, cereal::SizeTag<T> const&) {
    out.nodes_.back().array = true;
  }

  std::string& to_;
  std::vector<node> nodes_;
  char const* next_name_ = nullptr;
};

/// Reads JSON as cereal's own archive does: values with a name are found by it, others in their order. A number that
/// the type can't hold is an error. Throws `cereal::Exception` as others do.
class cereal_json_input : public cereal::InputArchive<cereal_json_input, cereal::AllowEmptyClassElision>,
                          public cereal::traits::TextArchive {
 public:
  explicit cereal_json_input(std::string_view text) : InputArchive(this), root_(detail::json_parser(text).whole()) {
    nodes_.push_back({&root_});
  }

  /// The name of the next value.
  void setNextName(char const* name) { next_name_ = name; }
  /// The name that the next value has in the text, or null.
  char const* getNodeName() const {
    auto const& [in, next] = nodes_.back();
    bool const named = in->kind == detail::json_node::kinds::object && next < in->children.size();
    return named ? in->children[next].name.c_str() : nullptr;
  }

 private:
  struct node {
    detail::json_node const* in;
    std::size_t next = 0;
  };

  detail::json_node const& find() {
    auto& [in, next] = nodes_.back();
    auto const& all = in->children;
    if (auto const* const name = std::exchange(next_name_, nullptr);
        name != nullptr && (next >= all.size() || all[next].name != name)) {
      next = 0;
      while (next < all.size() && all[next].name != name) ++next;
    }
    if (next >= all.size()) throw cereal::Exception("a value is missing");
    return all[next];
  }
  detail::json_node const& take() {
    auto const& found = find();
    ++nodes_.back().next;
    return found;
  }

  template <class T>
  friend void prologue(cereal_json_input& in, T const&) {
    if constexpr (!detail::is_cereal_leaf<T> && !detail::is_cereal_wrapper<T> &&
                  !detail::is_cereal_minimal<T, cereal_json_output>) {
      auto const& found = in.take();
      if (found.kind != detail::json_node::kinds::array && found.kind != detail::json_node::kinds::object)
        throw cereal::Exception("an object or an array is expected");
      in.nodes_.push_back({&found});
    }
  }
  template <class T>
  friend void epilogue(cereal_json_input& in, T const&) {
    if constexpr (!detail::is_cereal_leaf<T> && !detail::is_cereal_wrapper<T> &&
                  !detail::is_cereal_minimal<T, cereal_json_output>)
      in.nodes_.pop_back();
  }
  template <detail::cereal_number T>
  friend void CEREAL_LOAD_FUNCTION_NAME(cereal_json_input& in, T& number) {
    number = detail::json_number<T>(in.take());
  }
  friend void CEREAL_LOAD_FUNCTION_NAME(cereal_json_input& in, std::string& text) {
    auto const& found = in.take();
    if (found.kind != detail::json_node::kinds::text) throw cereal::Exception("a text is expected");
    text = found.text;
  }
  friend void CEREAL_LOAD_FUNCTION_NAME(cereal_json_input& in, std::nullptr_t&) {
    auto const& found = in.take();
    if (found.kind != detail::json_node::kinds::word || found.text != "null")
      throw cereal::Exception("null is expected");
  }
  template <class T>
  friend void CEREAL_LOAD_FUNCTION_NAME(cereal_json_input& in, cereal::NameValuePair<T>& pair) {
    in.setNextName(pair.name);
    in(pair.value);
  }
  template <class T>
  friend void CEREAL_LOAD_FUNCTION_NAME(cereal_json_input& in, cereal::SizeTag<T>& tag) {
    auto const& container = *in.nodes_.back().in;
    if (container.kind != detail::json_node::kinds::array) throw cereal::Exception("an array is expected");
    tag.size = container.children.size();
  }

  detail::json_node root_;
  std::vector<node> nodes_;
  char const* next_name_ = nullptr;
};

}  // namespace ab

CEREAL_REGISTER_ARCHIVE(ab::cereal_json_output)
CEREAL_REGISTER_ARCHIVE(ab::cereal_json_input)
CEREAL_SETUP_ARCHIVE_TRAITS(ab::cereal_json_input, ab::cereal_json_output)
