#pragma once

#include "account.hpp"

ab::result<void> rebuild(bank_store& bank);
