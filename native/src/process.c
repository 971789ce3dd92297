/* What the daemon does to its own process. */
#define _GNU_SOURCE
#include "addon.h"
#include "resources.h"
#include "runtime.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

static napi_value start_session(napi_env env, napi_callback_info info)
{
    (void)info;
    return setsid() < 0 ? throw_errno(env, errno, "setsid", NULL) : make_undefined(env);
}

/* A child gets the default back before exec, see reset_signals in child.c. */
static napi_value ignore_job_control(napi_env env, napi_callback_info info)
{
    (void)info;
    static const int signals[] = {SIGTSTP, SIGTTIN, SIGTTOU};
    const struct sigaction ignore = {.sa_handler = SIG_IGN};
    for (size_t i = 0; i < COUNT_OF(signals); i++)
        if (sigaction(signals[i], &ignore, NULL) != 0)
            return throw_errno(env, errno, "sigaction", NULL);
    return make_undefined(env);
}

static napi_value set_subreaper(napi_env env, napi_callback_info info)
{
    napi_value argument;
    bool on;
    if (!read_arguments(env, info, 1, &argument) || !read_bool(env, argument, "on", &on))
        return NULL;
    if (prctl(PR_SET_CHILD_SUBREAPER, on ? 1L : 0L, 0L, 0L, 0L) != 0)
        return throw_errno(env, errno, "prctl(PR_SET_CHILD_SUBREAPER)", NULL);
    struct addon *addon = addon_of(env);
    if (addon == NULL)
        return NULL;
    if (addon->runtime != NULL)
        reaper_look_for_strays(&addon->runtime->reaper);
    return make_undefined(env);
}

static napi_value make_amount(napi_env env, rlim_t amount)
{
    return make_double(env, amount == RLIM_INFINITY ? INFINITY : (double)amount);
}

static napi_value get_resource_limit(napi_env env, napi_callback_info info)
{
    napi_value argument, object;
    int resource;
    struct rlimit limit;
    if (!read_arguments(env, info, 1, &argument) || !read_resource(env, argument, &resource))
        return NULL;
    if (getrlimit(resource, &limit) != 0)
        return throw_errno(env, errno, "getrlimit", NULL);
    if (!ok(env, napi_create_object(env, &object)) || !put(env, object, "soft", make_amount(env, limit.rlim_cur)) ||
        !put(env, object, "hard", make_amount(env, limit.rlim_max)))
        return NULL;
    return object;
}

static napi_value set_resource_limit(napi_env env, napi_callback_info info)
{
    napi_value arguments[2];
    int resource;
    uint64_t amounts[2];
    if (!read_arguments(env, info, 2, arguments) || !read_resource(env, arguments[0], &resource) ||
        !read_limit(env, arguments[1], amounts))
        return NULL;
    struct rlimit limit = {.rlim_cur = amounts[0], .rlim_max = amounts[1]};
    if (setrlimit(resource, &limit) != 0)
        return throw_errno(env, errno, "setrlimit", NULL);
    return make_undefined(env);
}

static napi_value environment(napi_env env, napi_callback_info info)
{
    (void)info;
    napi_value array;
    if (!ok(env, napi_create_array(env, &array)))
        return NULL;
    for (uint32_t i = 0; environ[i] != NULL; i++) {
        napi_value word = make_bytes(env, environ[i]);
        if (word == NULL || !ok(env, napi_set_element(env, array, i, word)))
            return NULL;
    }
    return array;
}

bool export_process(napi_env env, napi_value exports)
{
    static const struct exported_call calls[] = {
        {"setsid", start_session},
        {"ignoreJobControl", ignore_job_control},
        {"environment", environment},
        {"setSubreaper", set_subreaper},
        {"getResourceLimit", get_resource_limit},
        {"setResourceLimit", set_resource_limit},
    };
    return export_calls(env, exports, calls, COUNT_OF(calls));
}
