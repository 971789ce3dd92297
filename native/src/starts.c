/* spawn(): one start from JavaScript into the queue. */
#define _GNU_SOURCE
#include "addon.h"
#include "runtime.h"
#include "values.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum argument { PLAN, TOKEN, STDIN, STDOUT, STDERR, CLOSE, EXTRA, ARGUMENTS };

static bool read_descriptors(napi_env env, const napi_value *arguments, struct start *start)
{
    return read_int(env, arguments[STDIN], "stdin", &start->stdio[0]) &&
           read_int(env, arguments[STDOUT], "stdout", &start->stdio[1]) &&
           read_int(env, arguments[STDERR], "stderr", &start->stdio[2]) &&
           read_int(env, arguments[CLOSE], "close", &start->close_fd);
}

/* The bytes all extra words need, their NULs included. */
static bool measure_words(napi_env env, napi_value array, uint32_t *count, size_t *size)
{
    if (!read_length(env, array, "env", count))
        return false;
    if (*count > MAX_EXTRA_ENV) {
        throw_errno(env, E2BIG, "env", NULL);
        return false;
    }
    *size = 0;
    for (uint32_t i = 0; i < *count; i++) {
        napi_value word;
        size_t length;
        if (!ok(env, napi_get_element(env, array, i, &word)) ||
            !ok(env, napi_get_value_string_utf8(env, word, NULL, 0, &length)))
            return false;
        *size += length + 1;
    }
    return true;
}

static bool copy_words(napi_env env, napi_value array, uint32_t count, size_t size, struct start *start)
{
    char *at = start->text;
    for (uint32_t i = 0; i < count; i++) {
        napi_value word;
        size_t length, left = size - (size_t)(at - start->text);
        if (!ok(env, napi_get_element(env, array, i, &word)) ||
            !ok(env, napi_get_value_string_utf8(env, word, at, left, &length)))
            return false;
        if (strlen(at) != length) {
            throw_errno(env, EINVAL, "env", "NUL character");
            return false;
        }
        start->extra[i] = at;
        at += length + 1;
    }
    start->extra_count = count;
    return true;
}

static napi_value spawn(napi_env env, napi_callback_info info)
{
    napi_value arguments[ARGUMENTS];
    uint64_t handle;
    double token;
    uint32_t count;
    size_t size;
    struct addon *addon = addon_of(env);
    if (addon == NULL || !read_arguments(env, info, ARGUMENTS, arguments) ||
        !read_handle(env, arguments[PLAN], "plan", &handle) || !read_double(env, arguments[TOKEN], "token", &token) ||
        !measure_words(env, arguments[EXTRA], &count, &size))
        return NULL;
    struct plan *plan = handles_find(&addon->plans, handle);
    if (addon->runtime == NULL || plan == NULL)
        return throw_errno(env, plan == NULL ? ENOENT : ENOTCONN, "spawn", plan == NULL ? "plan" : "not started");
    struct start *start = malloc(sizeof *start + size);
    if (start == NULL)
        return throw_errno(env, ENOMEM, "spawn", NULL);
    *start = (struct start){.plan = plan_retain(plan), .token = token};
    if (!read_descriptors(env, arguments, start) || !copy_words(env, arguments[EXTRA], count, size, start)) {
        start_free(start);
        return NULL;
    }
    int error = spawner_queue(&addon->runtime->spawner, start);
    if (error != 0)
        start_free(start);
    return error == 0 || error == EAGAIN ? make_bool(env, error == 0) : throw_errno(env, error, "spawn", NULL);
}

bool export_starts(napi_env env, napi_value exports)
{
    static const struct exported_call calls[] = {{"spawn", spawn}};
    return export_calls(env, exports, calls, COUNT_OF(calls));
}
