/* Small talk on an accepted connection, before a server or a Node socket takes it over. */
#define _GNU_SOURCE
#include "addon.h"
#include "values.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

enum { DRAIN_BYTES = 16384, DRAIN_ROUNDS = 4 };

static bool read_transfer(napi_env env, napi_value *arguments, int *fd, uint8_t **bytes, size_t *length)
{
    return read_int(env, arguments[0], "fd", fd) && read_bytes(env, arguments[1], "buffer", bytes, length);
}

static napi_value transferred(napi_env env, ssize_t count, const char *syscall)
{
    if (count >= 0)
        return make_double(env, (double)count);
    if (errno == EAGAIN || errno == EWOULDBLOCK)
        return make_null(env);
    return throw_errno(env, errno, syscall, NULL);
}

static napi_value receive(napi_env env, napi_callback_info info)
{
    napi_value arguments[3];
    int fd;
    uint8_t *bytes;
    size_t length;
    bool peek;
    if (!read_arguments(env, info, 3, arguments) || !read_transfer(env, arguments, &fd, &bytes, &length) ||
        !read_bool(env, arguments[2], "peek", &peek))
        return NULL;
    return transferred(env, recv(fd, bytes, length, MSG_DONTWAIT | (peek ? MSG_PEEK : 0)), "recv");
}

static napi_value send_data(napi_env env, napi_callback_info info)
{
    napi_value arguments[2];
    int fd;
    uint8_t *bytes;
    size_t length;
    if (!read_arguments(env, info, 2, arguments) || !read_transfer(env, arguments, &fd, &bytes, &length))
        return NULL;
    return transferred(env, send(fd, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL), "send");
}

/* Closing with unread data in the queue sends a reset, which can overtake the message in the client's kernel. */
static void drain(int fd)
{
    char scrap[DRAIN_BYTES];
    for (int round = 0; round < DRAIN_ROUNDS; round++)
        if (recv(fd, scrap, sizeof scrap, MSG_DONTWAIT) < (ssize_t)sizeof scrap)
            return;
}

static napi_value refuse(napi_env env, napi_callback_info info)
{
    napi_value arguments[2];
    napi_valuetype type;
    int fd;
    uint8_t *bytes = NULL;
    size_t length = 0;
    if (!read_arguments(env, info, 2, arguments) || !read_int(env, arguments[0], "fd", &fd) ||
        !ok(env, napi_typeof(env, arguments[1], &type)) ||
        (type != napi_null && !read_bytes(env, arguments[1], "message", &bytes, &length)))
        return NULL;
    /* What the peer does to these calls is its own affair: the connection ends either way. */
    if (length > 0 && send(fd, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL) > 0 && shutdown(fd, SHUT_WR) == 0)
        drain(fd);
    if (close(fd) != 0 && errno == EBADF)
        return throw_errno(env, errno, "close", NULL);
    return make_undefined(env);
}

bool export_connections(napi_env env, napi_value exports)
{
    static const struct exported_call calls[] = {
        {"receive", receive},
        {"send", send_data},
        {"refuse", refuse},
    };
    return export_calls(env, exports, calls, COUNT_OF(calls));
}
