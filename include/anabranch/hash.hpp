/// @file
/// Hashes: content named by what it is.
#pragma once

#include "anabranch/hash/concepts.hpp"
#include "anabranch/hash/content_id.hpp"
#include "anabranch/hash/crc32c.hpp"
#include "anabranch/hash/digest.hpp"
#include "anabranch/hash/sha256.hpp"
