/* Looking at a waiting datagram, and datagrams to local daemons (syslog, sd_notify). */
#define _GNU_SOURCE
#include "addon.h"
#include "address-value.h"

#include <errno.h>
#include <unistd.h>

static bool nothing_there(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK;
}

/* A pending ICMP error of an earlier answer comes out of the next receive; it says nothing about the next datagram. */
static ssize_t receive_one(int fd, int flags, struct address *sender)
{
    ssize_t received;
    int tries = 8;
    do {
        char byte;
        sender->length = sizeof sender->storage;
        received = recvfrom(fd, &byte, sizeof byte, flags | MSG_DONTWAIT, &sender->any, &sender->length);
    } while (received < 0 && (errno == EINTR || errno == ECONNREFUSED || errno == EHOSTUNREACH) && --tries > 0);
    return received;
}

static napi_value peek_sender(napi_env env, napi_callback_info info)
{
    napi_value argument;
    int fd;
    struct address sender = {0};
    if (!read_arguments(env, info, 1, &argument) || !read_int(env, argument, "fd", &fd))
        return NULL;
    if (receive_one(fd, MSG_PEEK, &sender) >= 0)
        return make_address(env, &sender);
    return nothing_there(errno) ? make_null(env) : throw_errno(env, errno, "recvfrom", NULL);
}

static napi_value discard_datagram(napi_env env, napi_callback_info info)
{
    napi_value argument;
    int fd;
    struct address sender = {0};
    if (!read_arguments(env, info, 1, &argument) || !read_int(env, argument, "fd", &fd))
        return NULL;
    if (receive_one(fd, 0, &sender) >= 0)
        return make_bool(env, true);
    return nothing_there(errno) ? make_bool(env, false) : throw_errno(env, errno, "recvfrom", NULL);
}

static napi_value open_local_datagram(napi_env env, napi_callback_info info)
{
    (void)info;
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    return fd < 0 ? throw_errno(env, errno, "socket", NULL) : make_int(env, fd);
}

/* Returns 0 or the errno: a syslogd that is away is no exception. */
static napi_value send_local(napi_env env, napi_callback_info info)
{
    napi_value arguments[3];
    int fd;
    char path[ADDRESS_TEXT_SIZE];
    uint8_t *bytes;
    size_t length;
    if (!read_arguments(env, info, 3, arguments) || !read_int(env, arguments[0], "fd", &fd) ||
        !read_text(env, arguments[1], "path", path, sizeof path) ||
        !read_bytes(env, arguments[2], "data", &bytes, &length))
        return NULL;
    struct address receiver;
    int error = address_parse(&receiver, AF_UNIX, path, 0);
    if (error == 0 &&
        sendto(fd, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL, &receiver.any, receiver.length) != (ssize_t)length)
        error = errno;
    return make_int(env, error);
}

bool export_datagrams(napi_env env, napi_value exports)
{
    static const struct exported_call calls[] = {
        {"peekSender", peek_sender},
        {"discardDatagram", discard_datagram},
        {"openLocalDatagram", open_local_datagram},
        {"sendLocal", send_local},
    };
    return export_calls(env, exports, calls, COUNT_OF(calls));
}
