/// @file
/// Codecs: values as bytes and back.
#pragma once

#include "anabranch/codec/canonical.hpp"
#include "anabranch/codec/concepts.hpp"
#include "anabranch/codec/decode.hpp"
#include "anabranch/codec/encode.hpp"
#include "anabranch/codec/fields.hpp"
#include "anabranch/codec/traits.hpp"
