/* The calls about watches; the work is in watcher.c. */
#define _GNU_SOURCE
#include "addon.h"
#include "runtime.h"
#include "values.h"

static napi_value watch(napi_env env, napi_callback_info info)
{
    napi_value arguments[2];
    int fd;
    bool accepts;
    uint64_t handle = 0;
    struct runtime *runtime = runtime_of(env);
    if (runtime == NULL || !read_arguments(env, info, 2, arguments) || !read_int(env, arguments[0], "fd", &fd) ||
        !read_bool(env, arguments[1], "accepts", &accepts))
        return NULL;
    int error = watcher_add(&runtime->watcher, fd, accepts ? WATCH_ACCEPT : WATCH_READY, &handle);
    return error != 0 ? throw_errno(env, error, "watch", NULL) : make_double(env, (double)handle);
}

static napi_value change_watch(napi_env env, napi_callback_info info, int (*change)(struct watcher *, uint64_t))
{
    napi_value argument;
    uint64_t handle;
    struct runtime *runtime = runtime_of(env);
    if (runtime == NULL || !read_arguments(env, info, 1, &argument) || !read_handle(env, argument, "watch", &handle))
        return NULL;
    int error = change(&runtime->watcher, handle);
    return error != 0 ? throw_errno(env, error, "watch", NULL) : make_undefined(env);
}

static napi_value pause_watch(napi_env env, napi_callback_info info)
{
    return change_watch(env, info, watcher_pause);
}

static napi_value resume_watch(napi_env env, napi_callback_info info)
{
    return change_watch(env, info, watcher_resume);
}

static napi_value unwatch(napi_env env, napi_callback_info info)
{
    return change_watch(env, info, watcher_remove);
}

bool export_watches(napi_env env, napi_value exports)
{
    static const struct exported_call calls[] = {
        {"watch", watch},
        {"pauseWatch", pause_watch},
        {"resumeWatch", resume_watch},
        {"unwatch", unwatch},
    };
    return export_calls(env, exports, calls, COUNT_OF(calls));
}
