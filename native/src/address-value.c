#define _GNU_SOURCE
#include "address-value.h"
#include "addon.h"

#include <string.h>

struct named_number {
    const char *name;
    int number;
};

static const struct named_number families[] = {{"inet", AF_INET}, {"inet6", AF_INET6}, {"unix", AF_UNIX}};
static const struct named_number types[] = {
    {"stream", SOCK_STREAM},
    {"dgram", SOCK_DGRAM},
    {"raw", SOCK_RAW},
    {"seqpacket", SOCK_SEQPACKET},
};

static const char *name_of(const struct named_number *table, size_t count, int number)
{
    for (size_t i = 0; i < count; i++)
        if (table[i].number == number)
            return table[i].name;
    return "unknown";
}

static bool number_of(const struct named_number *table, size_t count, const char *name, int *number)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(table[i].name, name) == 0) {
            *number = table[i].number;
            return true;
        }
    }
    return false;
}

napi_value make_address(napi_env env, const struct address *address)
{
    char text[ADDRESS_TEXT_SIZE];
    address_text(address, text);
    napi_value object;
    if (!ok(env, napi_create_object(env, &object)))
        return NULL;
    const char *family = name_of(families, COUNT_OF(families), address->any.sa_family);
    if (!put(env, object, "family", make_text(env, family)) || !put(env, object, "address", make_text(env, text)) ||
        !put(env, object, "port", make_int(env, address_port(address))))
        return NULL;
    return object;
}

bool read_family(napi_env env, napi_value value, int *family)
{
    char name[16];
    if (!read_text(env, value, "family", name, sizeof name))
        return false;
    if (!number_of(families, COUNT_OF(families), name, family)) {
        throw_type_error(env, "family must be inet, inet6 or unix");
        return false;
    }
    return true;
}

const char *socket_type_name(int type)
{
    return name_of(types, COUNT_OF(types), type);
}

bool read_socket_type(napi_env env, napi_value value, int *type)
{
    char name[16];
    if (!read_text(env, value, "type", name, sizeof name))
        return false;
    if (!number_of(types, COUNT_OF(types), name, type)) {
        throw_type_error(env, "type must be stream, dgram, raw or seqpacket");
        return false;
    }
    return true;
}
