#define _GNU_SOURCE
#include "resources.h"
#include "addon.h"

#include <math.h>
#include <string.h>
#include <sys/resource.h>

static const struct {
    const char *name;
    int resource;
} resources[] = {
    {"as", RLIMIT_AS},           {"core", RLIMIT_CORE},     {"cpu", RLIMIT_CPU},   {"data", RLIMIT_DATA},
    {"fsize", RLIMIT_FSIZE},     {"memlock", RLIMIT_MEMLOCK}, {"nofile", RLIMIT_NOFILE}, {"nproc", RLIMIT_NPROC},
    {"rss", RLIMIT_RSS},         {"stack", RLIMIT_STACK},
};

bool read_resource(napi_env env, napi_value value, int *resource)
{
    char name[16];
    if (!read_text(env, value, "resource", name, sizeof name))
        return false;
    for (size_t i = 0; i < COUNT_OF(resources); i++) {
        if (strcmp(resources[i].name, name) == 0) {
            *resource = resources[i].resource;
            return true;
        }
    }
    throw_type_error(env, "unknown resource");
    return false;
}

static bool read_amount(napi_env env, napi_value object, const char *name, uint64_t *amount)
{
    napi_value value;
    bool present;
    double number;
    if (!find_property(env, object, name, &value, &present) || !read_double(env, value, name, &number))
        return false;
    if (!(number >= 0) || (!isinf(number) && floor(number) != number)) {
        throw_type_error(env, "a limit must be a whole number or Infinity");
        return false;
    }
    /* 2^64 and beyond do not fit and mean as much as no limit. */
    *amount = number >= 18446744073709551616.0 ? UINT64_MAX : (uint64_t)number;
    return true;
}

bool read_limit(napi_env env, napi_value object, uint64_t amounts[2])
{
    return read_amount(env, object, "soft", &amounts[0]) && read_amount(env, object, "hard", &amounts[1]);
}
