/// @file
/// The one attribute that the library asks of a compiler.
#pragma once

/// Clang stops inlining a commit's operations at its default threshold; the path from handle to row must be one function.
#define ANABRANCH_ALWAYS_INLINE [[gnu::always_inline]] inline
