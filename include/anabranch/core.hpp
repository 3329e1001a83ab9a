/// @file
/// The ground floor: names, identifiers, errors and the types that everything else is made of.
#pragma once

#include "anabranch/core/bytes.hpp"
#include "anabranch/core/definition.hpp"
#include "anabranch/core/error.hpp"
#include "anabranch/core/event.hpp"
#include "anabranch/core/expectation.hpp"
#include "anabranch/core/families.hpp"
#include "anabranch/core/identifiers.hpp"
#include "anabranch/core/name.hpp"
#include "anabranch/core/one_of.hpp"
#include "anabranch/core/policy.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/core/text.hpp"
#include "anabranch/core/version.hpp"
