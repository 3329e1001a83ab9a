/// @file
/// `ab::fields`: the members of a class that are stored.
#pragma once

#include <tuple>
#include <type_traits>

namespace ab {

/// What `ab::fields` gives: pointers to members of `Class`.
template <class Class, class... Fields>
struct field_list {
  std::tuple<Fields Class::*...> pointers;
};

/// Lists the members of a class that are stored, where it is no plain aggregate:
///
/// ```cpp
/// class money {
///  public:
///   static constexpr auto fields() { return ab::fields(&money::cents_, &money::currency_); }
///   …
///
///  private:
///   std::int64_t cents_ = 0;
///   std::string currency_;
/// };
/// ```
///
/// The class has a public default constructor. Its members are assigned one by one when it is read, so that a class
/// with an invariant between them better specialises `ab::codec_traits`. `fields` may be private where the class
/// befriends `ab::field_access`. A derived class needs a list of its own, with the class named:
/// `ab::fields<derived>(…)`.
template <class Class, class... Fields>
constexpr field_list<Class, Fields...> fields(Fields Class::*... pointers) noexcept {
  return {{pointers...}};
}

/// With members of a base among them, which is why the class is named.
template <class Class, class... Fields, class... Owners>
  requires(!(std::is_same_v<Class, Owners> && ...))
constexpr field_list<Class, Fields...> fields(Fields Owners::*... pointers) noexcept {
  return {{pointers...}};
}

/// The friend of a class whose `fields` is private.
struct field_access {
  template <class T>
  static constexpr auto of() noexcept
    requires requires { T::fields(); }
  {
    return T::fields();
  }
};

}  // namespace ab
