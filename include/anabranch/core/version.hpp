/// @file
/// The library's version, as macros for the preprocessor and as a value.
#pragma once

#define ANABRANCH_VERSION_MAJOR 0
#define ANABRANCH_VERSION_MINOR 1
#define ANABRANCH_VERSION_PATCH 0

namespace ab {

/// A version in the sense of semantic versioning. While `major` is 0, a minor release may break source.
struct semantic_version {
  int major;
  int minor;
  int patch;
};

/// The version of the headers that were included.
inline constexpr semantic_version version{ANABRANCH_VERSION_MAJOR, ANABRANCH_VERSION_MINOR, ANABRANCH_VERSION_PATCH};

}  // namespace ab
