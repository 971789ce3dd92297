#define _GNU_SOURCE
#include "values.h"
#include "addon.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool ok(napi_env env, napi_status status)
{
    if (status == napi_ok)
        return true;
    bool pending = false;
    if (napi_is_exception_pending(env, &pending) == napi_ok && pending)
        return false;
    const napi_extended_error_info *info = NULL;
    const char *message = NULL;
    if (napi_get_last_error_info(env, &info) == napi_ok)
        message = info->error_message;
    if (napi_throw_error(env, NULL, message != NULL ? message : "Node-API call failed") != napi_ok)
        return false; /* the environment is ending: nothing can be thrown any more */
    return false;
}

napi_value throw_errno(napi_env env, int error, const char *syscall, const char *subject)
{
    struct addon *addon = addon_of(env);
    if (addon == NULL)
        return NULL;
    if (addon->error_factory == NULL) {
        ok(env, napi_throw_error(env, NULL, strerror(error)));
        return NULL;
    }
    napi_value factory, exception, receiver = make_undefined(env);
    napi_value arguments[3] = {
        make_int(env, error),
        make_text(env, syscall),
        make_text(env, subject != NULL ? subject : ""),
    };
    if (receiver == NULL || arguments[0] == NULL || arguments[1] == NULL || arguments[2] == NULL ||
        !ok(env, napi_get_reference_value(env, addon->error_factory, &factory)) ||
        !ok(env, napi_call_function(env, receiver, factory, 3, arguments, &exception)))
        return NULL;
    ok(env, napi_throw(env, exception));
    return NULL;
}

napi_value throw_type_error(napi_env env, const char *message)
{
    ok(env, napi_throw_type_error(env, "ERR_INVALID_ARG_TYPE", message));
    return NULL;
}

static bool refuse_value(napi_env env, const char *what, const char *expected)
{
    char message[128];
    snprintf(message, sizeof message, "%s must be %s", what, expected);
    throw_type_error(env, message);
    return false;
}

bool read_arguments(napi_env env, napi_callback_info info, size_t count, napi_value *values)
{
    size_t given = count;
    if (!ok(env, napi_get_cb_info(env, info, &given, values, NULL, NULL)))
        return false;
    if (given != count) {
        throw_type_error(env, "wrong number of arguments");
        return false;
    }
    return true;
}

bool read_double(napi_env env, napi_value value, const char *what, double *result)
{
    napi_status status = napi_get_value_double(env, value, result);
    if (status == napi_number_expected)
        return refuse_value(env, what, "a number");
    return ok(env, status);
}

static bool read_integer(napi_env env, napi_value value, const char *what, double least, double most, double *result)
{
    if (!read_double(env, value, what, result))
        return false;
    if (!(*result >= least && *result <= most) || floor(*result) != *result)
        return refuse_value(env, what, "an integer in range");
    return true;
}

bool read_int(napi_env env, napi_value value, const char *what, int *result)
{
    double number;
    if (!read_integer(env, value, what, INT32_MIN, INT32_MAX, &number))
        return false;
    *result = (int)number;
    return true;
}

bool read_id(napi_env env, napi_value value, const char *what, uint32_t *result)
{
    /* (uid_t)-1 means "leave it" to the kernel and must not slip through as an id. */
    double number;
    if (!read_integer(env, value, what, 0, (double)UINT32_MAX - 1, &number))
        return false;
    *result = (uint32_t)number;
    return true;
}

bool read_handle(napi_env env, napi_value value, const char *what, uint64_t *result)
{
    double number;
    if (!read_integer(env, value, what, 0, 9007199254740991.0, &number)) /* 2^53 - 1 */
        return false;
    *result = (uint64_t)number;
    return true;
}

bool read_bool(napi_env env, napi_value value, const char *what, bool *result)
{
    napi_status status = napi_get_value_bool(env, value, result);
    if (status == napi_boolean_expected)
        return refuse_value(env, what, "true or false");
    return ok(env, status);
}

char *read_new_bytes(napi_env env, napi_value value, const char *what)
{
    size_t length;
    napi_status status = napi_get_value_string_latin1(env, value, NULL, 0, &length);
    if (status == napi_string_expected) {
        refuse_value(env, what, "a string");
        return NULL;
    }
    if (!ok(env, status))
        return NULL;
    char *text = malloc(length + 1);
    if (text == NULL) {
        throw_errno(env, ENOMEM, "malloc", what);
        return NULL;
    }
    if (!ok(env, napi_get_value_string_latin1(env, value, text, length + 1, &length))) {
        free(text);
        return NULL;
    }
    if (strlen(text) != length) {
        free(text);
        throw_errno(env, EINVAL, what, "NUL character");
        return NULL;
    }
    return text;
}

typedef napi_status (*read_string)(napi_env, napi_value, char *, size_t, size_t *);

static bool read_into(napi_env env, napi_value value, const char *what, char *buffer, size_t size, read_string read)
{
    size_t length;
    napi_status status = read(env, value, buffer, size, &length);
    if (status == napi_string_expected)
        return refuse_value(env, what, "a string");
    if (!ok(env, status))
        return false;
    if (strlen(buffer) != length) {
        throw_errno(env, EINVAL, what, "NUL character");
        return false;
    }
    /* What is cut fills the buffer, but for the rest of a character. */
    if (length + 4 >= size) {
        if (!ok(env, read(env, value, NULL, 0, &length)))
            return false;
        if (length >= size) {
            throw_errno(env, ENAMETOOLONG, what, NULL);
            return false;
        }
    }
    return true;
}

bool read_text(napi_env env, napi_value value, const char *what, char *buffer, size_t size)
{
    return read_into(env, value, what, buffer, size, napi_get_value_string_utf8);
}

bool read_bytes(napi_env env, napi_value value, const char *what, uint8_t **bytes, size_t *length)
{
    bool is_array = false;
    if (!ok(env, napi_is_typedarray(env, value, &is_array)))
        return false;
    napi_typedarray_type type = napi_int8_array;
    void *data = NULL;
    if (is_array && !ok(env, napi_get_typedarray_info(env, value, &type, length, &data, NULL, NULL)))
        return false;
    if (!is_array || type != napi_uint8_array)
        return refuse_value(env, what, "a Uint8Array");
    *bytes = data;
    return true;
}

bool read_length(napi_env env, napi_value array, const char *what, uint32_t *length)
{
    bool is_array = false;
    if (!ok(env, napi_is_array(env, array, &is_array)))
        return false;
    if (!is_array)
        return refuse_value(env, what, "an array");
    return ok(env, napi_get_array_length(env, array, length));
}

static bool is_present(napi_env env, napi_value value, bool *present)
{
    napi_valuetype type;
    if (!ok(env, napi_typeof(env, value, &type)))
        return false;
    *present = type != napi_undefined && type != napi_null;
    return true;
}

bool optional_int(napi_env env, napi_value value, const char *what, int *result, bool *present)
{
    return is_present(env, value, present) && (!*present || read_int(env, value, what, result));
}

bool optional_id(napi_env env, napi_value value, const char *what, uint32_t *result, bool *present)
{
    return is_present(env, value, present) && (!*present || read_id(env, value, what, result));
}

bool optional_flag(napi_env env, napi_value value, const char *what, bool *result)
{
    bool present;
    *result = false;
    return is_present(env, value, &present) && (!present || read_bool(env, value, what, result));
}

bool optional_bytes(napi_env env, napi_value value, const char *what, char *buffer, size_t size, bool *present)
{
    return is_present(env, value, present) &&
           (!*present || read_into(env, value, what, buffer, size, napi_get_value_string_latin1));
}

bool find_property(napi_env env, napi_value object, const char *name, napi_value *value, bool *present)
{
    return ok(env, napi_get_named_property(env, object, name, value)) && is_present(env, *value, present);
}

bool find_int(napi_env env, napi_value object, const char *name, int *result, bool *present)
{
    napi_value value;
    return find_property(env, object, name, &value, present) && (!*present || read_int(env, value, name, result));
}

bool find_id(napi_env env, napi_value object, const char *name, uint32_t *result, bool *present)
{
    napi_value value;
    return find_property(env, object, name, &value, present) && (!*present || read_id(env, value, name, result));
}

bool find_flag(napi_env env, napi_value object, const char *name, bool *result, bool *present)
{
    napi_value value;
    *result = false;
    return find_property(env, object, name, &value, present) && (!*present || read_bool(env, value, name, result));
}

napi_value make_undefined(napi_env env)
{
    napi_value value;
    return ok(env, napi_get_undefined(env, &value)) ? value : NULL;
}

napi_value make_null(napi_env env)
{
    napi_value value;
    return ok(env, napi_get_null(env, &value)) ? value : NULL;
}

napi_value make_int(napi_env env, int number)
{
    napi_value value;
    return ok(env, napi_create_int32(env, number, &value)) ? value : NULL;
}

napi_value make_double(napi_env env, double number)
{
    napi_value value;
    return ok(env, napi_create_double(env, number, &value)) ? value : NULL;
}

napi_value make_bool(napi_env env, bool flag)
{
    napi_value value;
    return ok(env, napi_get_boolean(env, flag, &value)) ? value : NULL;
}

napi_value make_text(napi_env env, const char *text)
{
    napi_value value;
    return ok(env, napi_create_string_utf8(env, text, NAPI_AUTO_LENGTH, &value)) ? value : NULL;
}

napi_value make_bytes(napi_env env, const char *bytes)
{
    napi_value value;
    return ok(env, napi_create_string_latin1(env, bytes, NAPI_AUTO_LENGTH, &value)) ? value : NULL;
}

bool put(napi_env env, napi_value object, const char *name, napi_value value)
{
    return value != NULL && ok(env, napi_set_named_property(env, object, name, value));
}
