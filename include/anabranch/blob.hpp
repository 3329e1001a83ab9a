/// @file
/// Blobs: bytes that events and values refer to, in stores of their own.
#pragma once

#include "anabranch/blob/concepts.hpp"
#include "anabranch/blob/copy.hpp"
#include "anabranch/blob/entry.hpp"
#include "anabranch/blob/errors.hpp"
#include "anabranch/blob/folder.hpp"
#include "anabranch/blob/memory.hpp"
#include "anabranch/blob/options.hpp"
#include "anabranch/blob/posix_blob_files.hpp"
#include "anabranch/blob/ref.hpp"
