/// @file
/// Who is told of what was committed: hubs, catch-up subscriptions, views.
#pragma once

#include "anabranch/subscription/catch_up.hpp"
#include "anabranch/subscription/concepts.hpp"
#include "anabranch/subscription/held.hpp"
#include "anabranch/subscription/hub.hpp"
#include "anabranch/subscription/published.hpp"
#include "anabranch/subscription/subscription.hpp"
#include "anabranch/subscription/view.hpp"
