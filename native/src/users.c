/* The name service. These calls may wait for the network: they are for load time. */
#define _GNU_SOURCE
#include "addon.h"
#include "values.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>

enum { NAME_SIZE = 256, FIRST_BUFFER = 1024, LARGEST_BUFFER = 16 * 1024 * 1024 };

/* A look-up by name, or by number when `name` is NULL. */
struct key {
    const char *name;
    uint32_t id;
};

static napi_value make_user(napi_env env, const struct passwd *user)
{
    napi_value object;
    if (!ok(env, napi_create_object(env, &object)) || !put(env, object, "name", make_text(env, user->pw_name)) ||
        !put(env, object, "uid", make_double(env, user->pw_uid)) ||
        !put(env, object, "gid", make_double(env, user->pw_gid)) ||
        !put(env, object, "home", make_text(env, user->pw_dir)) ||
        !put(env, object, "shell", make_text(env, user->pw_shell)))
        return NULL;
    return object;
}

static napi_value make_group(napi_env env, const struct group *group)
{
    napi_value object, members;
    if (!ok(env, napi_create_object(env, &object)) || !ok(env, napi_create_array(env, &members)) ||
        !put(env, object, "name", make_text(env, group->gr_name)) ||
        !put(env, object, "gid", make_double(env, group->gr_gid)) || !put(env, object, "members", members))
        return NULL;
    for (uint32_t i = 0; group->gr_mem[i] != NULL; i++) {
        napi_value member = make_text(env, group->gr_mem[i]);
        if (member == NULL || !ok(env, napi_set_element(env, members, i, member)))
            return NULL;
    }
    return object;
}

static int find_user(const struct key *key, char *buffer, size_t size, void *entry, void **found)
{
    struct passwd *result = NULL;
    int error = key->name != NULL ? getpwnam_r(key->name, entry, buffer, size, &result)
                                  : getpwuid_r(key->id, entry, buffer, size, &result);
    *found = result;
    return error;
}

static int find_group(const struct key *key, char *buffer, size_t size, void *entry, void **found)
{
    struct group *result = NULL;
    int error = key->name != NULL ? getgrnam_r(key->name, entry, buffer, size, &result)
                                  : getgrgid_r(key->id, entry, buffer, size, &result);
    *found = result;
    return error;
}

/* Repeats the look-up with a larger buffer while ERANGE asks for it. Returns the buffer, to be freed, or NULL. */
static char *look_up(int (*find)(const struct key *, char *, size_t, void *, void **), const struct key *key,
                     void *entry, void **found, int *error)
{
    char *buffer = NULL;
    *error = ERANGE;
    for (size_t size = FIRST_BUFFER; *error == ERANGE && size <= LARGEST_BUFFER; size *= 2) {
        char *larger = realloc(buffer, size);
        if (larger == NULL) {
            *error = ENOMEM;
            break;
        }
        buffer = larger;
        *error = find(key, buffer, size, entry, found);
    }
    /* "Unknown" has several spellings, see getpwnam_r(3). */
    if (*error == ENOENT || *error == ESRCH || *error == EBADF || *error == EPERM)
        *error = 0;
    return buffer;
}

static napi_value look_up_user(napi_env env, const struct key *key)
{
    struct passwd entry;
    void *found = NULL;
    int error;
    char *buffer = look_up(find_user, key, &entry, &found, &error);
    napi_value value = error != 0     ? throw_errno(env, error, "getpwnam_r", key->name)
                       : found != NULL ? make_user(env, &entry)
                                       : make_null(env);
    free(buffer);
    return value;
}

static napi_value look_up_group(napi_env env, const struct key *key)
{
    struct group entry;
    void *found = NULL;
    int error;
    char *buffer = look_up(find_group, key, &entry, &found, &error);
    napi_value value = error != 0     ? throw_errno(env, error, "getgrnam_r", key->name)
                       : found != NULL ? make_group(env, &entry)
                                       : make_null(env);
    free(buffer);
    return value;
}

static bool read_name(napi_env env, napi_callback_info info, char *name)
{
    napi_value argument;
    return read_arguments(env, info, 1, &argument) && read_text(env, argument, "name", name, NAME_SIZE);
}

static bool read_number(napi_env env, napi_callback_info info, uint32_t *id)
{
    napi_value argument;
    return read_arguments(env, info, 1, &argument) && read_id(env, argument, "id", id);
}

static napi_value user_by_name(napi_env env, napi_callback_info info)
{
    char name[NAME_SIZE];
    return read_name(env, info, name) ? look_up_user(env, &(struct key){.name = name}) : NULL;
}

static napi_value user_by_id(napi_env env, napi_callback_info info)
{
    uint32_t id;
    return read_number(env, info, &id) ? look_up_user(env, &(struct key){.id = id}) : NULL;
}

static napi_value group_by_name(napi_env env, napi_callback_info info)
{
    char name[NAME_SIZE];
    return read_name(env, info, name) ? look_up_group(env, &(struct key){.name = name}) : NULL;
}

static napi_value group_by_id(napi_env env, napi_callback_info info)
{
    uint32_t id;
    return read_number(env, info, &id) ? look_up_group(env, &(struct key){.id = id}) : NULL;
}

static napi_value make_ids(napi_env env, const gid_t *ids, int count)
{
    napi_value array;
    if (!ok(env, napi_create_array_with_length(env, (size_t)count, &array)))
        return NULL;
    for (int i = 0; i < count; i++) {
        napi_value id = make_double(env, ids[i]);
        if (id == NULL || !ok(env, napi_set_element(env, array, (uint32_t)i, id)))
            return NULL;
    }
    return array;
}

static napi_value group_list(napi_env env, napi_callback_info info)
{
    napi_value arguments[2];
    char name[NAME_SIZE];
    uint32_t gid;
    if (!read_arguments(env, info, 2, arguments) || !read_text(env, arguments[0], "user", name, sizeof name) ||
        !read_id(env, arguments[1], "gid", &gid))
        return NULL;
    gid_t *ids = NULL;
    int count = 0, size = 32;
    do {
        count = size;
        gid_t *larger = realloc(ids, (size_t)size * sizeof *ids);
        if (larger == NULL) {
            free(ids);
            return throw_errno(env, ENOMEM, "getgrouplist", name);
        }
        ids = larger;
        size *= 2;
    } while (getgrouplist(name, gid, ids, &count) < 0);
    napi_value array = make_ids(env, ids, count);
    free(ids);
    return array;
}

bool export_users(napi_env env, napi_value exports)
{
    static const struct exported_call calls[] = {
        {"userByName", user_by_name},   {"userById", user_by_id}, {"groupByName", group_by_name},
        {"groupById", group_by_id},     {"groupList", group_list},
    };
    return export_calls(env, exports, calls, COUNT_OF(calls));
}
