/* Reading arguments and making values. A function returning bool or a pointer has thrown when it returns false or NULL. */
#ifndef XCFG_VALUES_H
#define XCFG_VALUES_H

#include <node_api.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* True for napi_ok; otherwise throws what Node-API says, unless an exception is already on its way. */
bool ok(napi_env env, napi_status status);

/* Throws a system error through the factory of src/native (see module.c). `subject` may be NULL. Returns NULL. */
napi_value throw_errno(napi_env env, int error, const char *syscall, const char *subject);
napi_value throw_type_error(napi_env env, const char *message);

/* Exactly `count` arguments. */
bool read_arguments(napi_env env, napi_callback_info info, size_t count, napi_value *values);
bool read_int(napi_env env, napi_value value, const char *what, int *result);
/* A user or group id. */
bool read_id(napi_env env, napi_value value, const char *what, uint32_t *result);
/* A number of handles.h. */
bool read_handle(napi_env env, napi_value value, const char *what, uint64_t *result);
bool read_double(napi_env env, napi_value value, const char *what, double *result);
bool read_bool(napi_env env, napi_value value, const char *what, bool *result);
/* UTF-8 into `buffer`; a NUL character or more than `size` - 1 bytes are errors. */
bool read_text(napi_env env, napi_value value, const char *what, char *buffer, size_t size);
/* In memory of its own a text that has a character for each byte: what goes to a server unchanged. NUL is an error. */
char *read_new_bytes(napi_env env, napi_value value, const char *what);
bool read_bytes(napi_env env, napi_value value, const char *what, uint8_t **bytes, size_t *length);
bool read_length(napi_env env, napi_value array, const char *what, uint32_t *length);

/* An argument that may be undefined or null: then `present` is false and nothing else is touched; a flag is false. */
bool optional_int(napi_env env, napi_value value, const char *what, int *result, bool *present);
bool optional_id(napi_env env, napi_value value, const char *what, uint32_t *result, bool *present);
bool optional_flag(napi_env env, napi_value value, const char *what, bool *result);
/* A character for each byte. */
bool optional_bytes(napi_env env, napi_value value, const char *what, char *buffer, size_t size, bool *present);

/* A property that may be missing, undefined or null: then `present` is false and nothing else is touched. */
bool find_property(napi_env env, napi_value object, const char *name, napi_value *value, bool *present);
bool find_int(napi_env env, napi_value object, const char *name, int *result, bool *present);
bool find_id(napi_env env, napi_value object, const char *name, uint32_t *result, bool *present);
/* A missing flag is false. */
bool find_flag(napi_env env, napi_value object, const char *name, bool *result, bool *present);

napi_value make_undefined(napi_env env);
napi_value make_null(napi_env env);
napi_value make_int(napi_env env, int value);
napi_value make_double(napi_env env, double value);
napi_value make_bool(napi_env env, bool value);
napi_value make_text(napi_env env, const char *text);
/* A character for each byte. */
napi_value make_bytes(napi_env env, const char *bytes);
/* Puts `value` into the object; false when `value` is NULL, because making it has thrown. */
bool put(napi_env env, napi_value object, const char *name, napi_value value);

#endif
