/* Checking and copying a SpawnPlan (src/native/spawn-types.ts). */
#define _GNU_SOURCE
#include "plan.h"
#include "addon.h"
#include "resources.h"

#include <errno.h>
#include <stdlib.h>

struct plan *plan_retain(struct plan *plan)
{
    atomic_fetch_add(&plan->references, 1);
    return plan;
}

static void free_words(char **words)
{
    for (size_t i = 0; words != NULL && words[i] != NULL; i++)
        free(words[i]);
    free(words);
}

void plan_release(struct plan *plan)
{
    if (atomic_fetch_sub(&plan->references, 1) != 1)
        return;
    free(plan->path);
    free(plan->cwd);
    free_words(plan->argv);
    free_words(plan->env);
    free(plan->groups);
    free(plan->limits);
    free(plan);
}

/* At least one element, so that NULL always means "no memory". */
static void *new_array(napi_env env, uint32_t count, size_t size)
{
    void *array = calloc((size_t)count + 1, size);
    if (array == NULL)
        throw_errno(env, ENOMEM, "calloc", NULL);
    return array;
}

static bool read_words(napi_env env, napi_value object, const char *name, char ***words, size_t *count)
{
    napi_value array, word;
    bool present;
    uint32_t length;
    if (!find_property(env, object, name, &array, &present) || !read_length(env, array, name, &length))
        return false;
    *words = new_array(env, length, sizeof **words);
    if (*words == NULL)
        return false;
    for (uint32_t i = 0; i < length; i++) {
        if (!ok(env, napi_get_element(env, array, i, &word)))
            return false;
        (*words)[i] = read_new_bytes(env, word, name);
        if ((*words)[i] == NULL)
            return false;
    }
    *count = length;
    return true;
}

static bool read_path(napi_env env, napi_value object, const char *name, char **path)
{
    napi_value value;
    bool present;
    if (!find_property(env, object, name, &value, &present))
        return false;
    *path = read_new_bytes(env, value, name);
    if (*path != NULL && **path != '/') {
        throw_errno(env, EINVAL, name, *path);
        return false;
    }
    return *path != NULL;
}

static bool read_groups(napi_env env, napi_value object, struct plan *plan)
{
    napi_value array, value;
    uint32_t length;
    if (!find_property(env, object, "groups", &array, &plan->has_groups))
        return false;
    if (!plan->has_groups)
        return true;
    if (!read_length(env, array, "groups", &length))
        return false;
    plan->groups = new_array(env, length, sizeof *plan->groups);
    if (plan->groups == NULL)
        return false;
    plan->group_count = length;
    for (uint32_t i = 0; i < length; i++)
        if (!ok(env, napi_get_element(env, array, i, &value)) || !read_id(env, value, "groups", &plan->groups[i]))
            return false;
    return true;
}

static bool read_limits(napi_env env, napi_value object, struct plan *plan)
{
    napi_value array, value, name;
    bool present;
    uint32_t length;
    if (!find_property(env, object, "limits", &array, &present) || !read_length(env, array, "limits", &length))
        return false;
    plan->limits = new_array(env, length, sizeof *plan->limits);
    if (plan->limits == NULL)
        return false;
    plan->limit_count = length;
    for (uint32_t i = 0; i < length; i++) {
        struct plan_limit *limit = &plan->limits[i];
        if (!ok(env, napi_get_element(env, array, i, &value)) ||
            !find_property(env, value, "resource", &name, &present) || !read_resource(env, name, &limit->resource) ||
            !read_limit(env, value, limit->amounts))
            return false;
    }
    return true;
}

static bool read_plan(napi_env env, napi_value object, struct plan *plan)
{
    size_t argument_count;
    int umask_bits = 0;
    bool present;
    if (!read_path(env, object, "path", &plan->path) || !read_path(env, object, "cwd", &plan->cwd) ||
        !read_words(env, object, "argv", &plan->argv, &argument_count) ||
        !read_words(env, object, "env", &plan->env, &plan->env_count) ||
        !find_id(env, object, "uid", &plan->uid, &plan->has_uid) ||
        !find_id(env, object, "gid", &plan->gid, &plan->has_gid) || !read_groups(env, object, plan) ||
        !find_int(env, object, "umask", &umask_bits, &plan->has_umask) ||
        !find_int(env, object, "nice", &plan->nice, &present) || !read_limits(env, object, plan) ||
        !find_flag(env, object, "setsid", &plan->starts_session, &present))
        return false;
    if (argument_count == 0) {
        /* The kernel would put an empty argv[0] there, or refuse; no program expects it. */
        throw_errno(env, EINVAL, "argv", "empty");
        return false;
    }
    plan->umask = (mode_t)umask_bits & 0777;
    return true;
}

static napi_value compile_plan(napi_env env, napi_callback_info info)
{
    napi_value argument;
    struct addon *addon = addon_of(env);
    if (addon == NULL || !read_arguments(env, info, 1, &argument))
        return NULL;
    struct plan *plan = calloc(1, sizeof *plan);
    if (plan == NULL)
        return throw_errno(env, ENOMEM, "calloc", NULL);
    atomic_init(&plan->references, 1);
    if (!read_plan(env, argument, plan)) {
        plan_release(plan);
        return NULL;
    }
    uint64_t handle = handles_add(&addon->plans, plan);
    if (handle == 0) {
        plan_release(plan);
        return throw_errno(env, ENOMEM, "compilePlan", NULL);
    }
    return make_double(env, (double)handle);
}

static napi_value release_plan(napi_env env, napi_callback_info info)
{
    napi_value argument;
    uint64_t handle;
    struct addon *addon = addon_of(env);
    if (addon == NULL || !read_arguments(env, info, 1, &argument) || !read_handle(env, argument, "plan", &handle))
        return NULL;
    struct plan *plan = handles_remove(&addon->plans, handle);
    if (plan == NULL)
        return throw_errno(env, ENOENT, "releasePlan", NULL);
    plan_release(plan);
    return make_undefined(env);
}

bool export_plans(napi_env env, napi_value exports)
{
    static const struct exported_call calls[] = {
        {"compilePlan", compile_plan},
        {"releasePlan", release_plan},
    };
    return export_calls(env, exports, calls, COUNT_OF(calls));
}
