#define _GNU_SOURCE
#include "addon.h"
#include "runtime.h"
#include "values.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static napi_value close_descriptor(napi_env env, napi_callback_info info)
{
    napi_value argument;
    int fd;
    if (!read_arguments(env, info, 1, &argument) || !read_int(env, argument, "fd", &fd))
        return NULL;
    struct addon *addon = addon_of(env);
    if (addon == NULL)
        return NULL;
    int error = addon->runtime != NULL ? borrowed_close(&addon->runtime->spawner.borrowed, fd)
                : close(fd) != 0       ? errno
                                       : 0;
    /* On Linux the descriptor is gone even when close reports EINTR or an earlier error of the file. */
    if (error == EBADF)
        return throw_errno(env, error, "close", NULL);
    return make_undefined(env);
}

static napi_value set_close_on_exec(napi_env env, napi_callback_info info)
{
    napi_value arguments[2];
    int fd;
    bool on;
    if (!read_arguments(env, info, 2, arguments) || !read_int(env, arguments[0], "fd", &fd) ||
        !read_bool(env, arguments[1], "on", &on))
        return NULL;
    if (fcntl(fd, F_SETFD, on ? FD_CLOEXEC : 0) != 0)
        return throw_errno(env, errno, "fcntl(F_SETFD)", NULL);
    return make_undefined(env);
}

static napi_value duplicate(napi_env env, napi_callback_info info)
{
    napi_value arguments[2];
    int fd, minimum;
    if (!read_arguments(env, info, 2, arguments) || !read_int(env, arguments[0], "fd", &fd) ||
        !read_int(env, arguments[1], "minimum", &minimum))
        return NULL;
    int copy = fcntl(fd, F_DUPFD_CLOEXEC, minimum);
    return copy < 0 ? throw_errno(env, errno, "fcntl(F_DUPFD_CLOEXEC)", NULL) : make_int(env, copy);
}

static napi_value duplicate_to(napi_env env, napi_callback_info info)
{
    napi_value arguments[2];
    int fd, target;
    if (!read_arguments(env, info, 2, arguments) || !read_int(env, arguments[0], "fd", &fd) ||
        !read_int(env, arguments[1], "target", &target))
        return NULL;
    if (dup2(fd, target) < 0)
        return throw_errno(env, errno, "dup2", NULL);
    return make_undefined(env);
}

bool export_descriptors(napi_env env, napi_value exports)
{
    static const struct exported_call calls[] = {
        {"close", close_descriptor},
        {"setCloseOnExec", set_close_on_exec},
        {"duplicate", duplicate},
        {"duplicateTo", duplicate_to},
    };
    return export_calls(env, exports, calls, COUNT_OF(calls));
}
