#define _GNU_SOURCE
#include "addon.h"
#include "plan.h"
#include "values.h"

#include <stdlib.h>

struct addon *addon_of(napi_env env)
{
    void *addon = NULL;
    if (ok(env, napi_get_instance_data(env, &addon)) && addon == NULL)
        ok(env, napi_throw_error(env, NULL, "the addon has no instance data"));
    return addon;
}

bool export_calls(napi_env env, napi_value exports, const struct exported_call *calls, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        napi_value function;
        if (!ok(env, napi_create_function(env, calls[i].name, NAPI_AUTO_LENGTH, calls[i].call, NULL, &function)) ||
            !put(env, exports, calls[i].name, function))
            return false;
    }
    return true;
}

/* setErrorFactory((errno, syscall, subject) => Error): the errors this addon throws are made by src/native/system-error.ts. */
static napi_value set_error_factory(napi_env env, napi_callback_info info)
{
    napi_value argument;
    napi_ref factory;
    struct addon *addon = addon_of(env);
    if (addon == NULL || !read_arguments(env, info, 1, &argument) ||
        !ok(env, napi_create_reference(env, argument, 1, &factory)))
        return NULL;
    if (addon->error_factory != NULL && !ok(env, napi_delete_reference(env, addon->error_factory)))
        return NULL;
    addon->error_factory = factory;
    return make_undefined(env);
}

static void drop_plan(void *plan)
{
    plan_release(plan);
}

static void free_addon(napi_env env, void *data, void *hint)
{
    (void)env;
    (void)hint;
    struct addon *addon = data;
    handles_free(&addon->plans, drop_plan);
    free(addon);
}

NAPI_MODULE_INIT()
{
    static const struct exported_call calls[] = {{"setErrorFactory", set_error_factory}};
    struct addon *addon = calloc(1, sizeof *addon);
    if (addon == NULL) {
        ok(env, napi_throw_error(env, NULL, "no memory for the addon"));
        return NULL;
    }
    if (!ok(env, napi_set_instance_data(env, addon, free_addon, NULL))) {
        free(addon);
        return NULL;
    }
    bool exported = export_calls(env, exports, calls, COUNT_OF(calls)) && export_sockets(env, exports) &&
                    export_datagrams(env, exports) && export_connections(env, exports) &&
                    export_descriptors(env, exports) && export_plans(env, exports) && export_process(env, exports) &&
                    export_users(env, exports) && export_runtime(env, exports) &&
                    export_watches(env, exports) && export_starts(env, exports);
    return exported ? exports : NULL;
}
