/*
 * Linked into a build of the addon (see scripts/build-native.mjs) in which every allocation goes through here: one of them
 * can be made to fail, and what is not given back is counted. For tests.
 */
#define _GNU_SOURCE
#include "../src/addon.h"
#include "../src/values.h"

#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void __real_free(void *memory);
bool __real_export_starts(napi_env env, napi_value exports);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
void __wrap_free(void *memory);
bool __wrap_export_starts(napi_env env, napi_value exports);

static atomic_long until_failure; /* the allocation that makes it 0 fails */
static atomic_long alive;

static bool fails(void)
{
    if (atomic_fetch_sub(&until_failure, 1) != 1)
        return false;
    errno = ENOMEM;
    return true;
}

static void *counted(void *memory)
{
    if (memory != NULL)
        atomic_fetch_add(&alive, 1);
    return memory;
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : counted(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : counted(__real_calloc(count, size));
}

void *__wrap_realloc(void *memory, size_t size)
{
    if (fails())
        return NULL;
    return memory == NULL ? counted(__real_realloc(memory, size)) : __real_realloc(memory, size);
}

void __wrap_free(void *memory)
{
    if (memory != NULL)
        atomic_fetch_sub(&alive, 1);
    __real_free(memory);
}

/* failAllocation(n): the n-th from now on; 0: none. Returns whether the one named before has failed. */
static napi_value fail_allocation(napi_env env, napi_callback_info info)
{
    napi_value argument;
    int number;
    if (!read_arguments(env, info, 1, &argument) || !read_int(env, argument, "number", &number))
        return NULL;
    return make_bool(env, atomic_exchange(&until_failure, number) <= 0);
}

static napi_value count_alive(napi_env env, napi_callback_info info)
{
    (void)info;
    return make_double(env, (double)atomic_load(&alive));
}

bool __wrap_export_starts(napi_env env, napi_value exports)
{
    static const struct exported_call calls[] = {
        {"failAllocation", fail_allocation},
        {"countAlive", count_alive},
    };
    return export_calls(env, exports, calls, COUNT_OF(calls)) && __real_export_starts(env, exports);
}
