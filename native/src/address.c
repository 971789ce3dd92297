#define _GNU_SOURCE
#include "address.h"

#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const size_t path_offset = offsetof(struct sockaddr_un, sun_path);

/* The name or the number of an interface, as getaddrinfo(3) takes it; 0 when there is none. */
static unsigned parse_scope(const char *text)
{
    unsigned index = if_nametoindex(text);
    char name[IF_NAMESIZE], *end;
    if (index != 0 || *text < '0' || *text > '9')
        return index;
    errno = 0;
    unsigned long number = strtoul(text, &end, 10);
    bool is_index = *end == '\0' && errno == 0 && number <= UINT32_MAX;
    return is_index && if_indextoname((unsigned)number, name) != NULL ? (unsigned)number : 0;
}

static int parse_inet6(struct sockaddr_in6 *inet6, const char *text)
{
    char host[INET6_ADDRSTRLEN];
    const char *scope = strchr(text, '%');
    size_t length = scope == NULL ? strlen(text) : (size_t)(scope - text);
    if (length >= sizeof host)
        return EINVAL;
    memcpy(host, text, length);
    host[length] = '\0';
    if (inet_pton(AF_INET6, host, &inet6->sin6_addr) != 1)
        return EINVAL;
    if (scope == NULL)
        return 0;
    inet6->sin6_scope_id = parse_scope(scope + 1);
    return inet6->sin6_scope_id == 0 ? ENODEV : 0;
}

static int parse_unix(struct address *address, const char *text)
{
    size_t length = strlen(text);
    bool abstract = text[0] == '@';
    /* A path needs its terminating NUL, an abstract name starts with one and has none at its end. */
    if (length == 0 || length + (abstract ? 0 : 1) > sizeof address->unix_path.sun_path)
        return length == 0 ? EINVAL : ENAMETOOLONG;
    memcpy(address->unix_path.sun_path, text, length);
    if (abstract)
        address->unix_path.sun_path[0] = '\0';
    address->length = (socklen_t)(path_offset + length + (abstract ? 0 : 1));
    return 0;
}

int address_parse(struct address *address, int family, const char *text, int port)
{
    memset(address, 0, sizeof *address);
    address->any.sa_family = (sa_family_t)family;
    switch (family) {
    case AF_INET:
        address->length = sizeof address->inet;
        address->inet.sin_port = htons((uint16_t)port);
        return text == NULL || inet_pton(AF_INET, text, &address->inet.sin_addr) == 1 ? 0 : EINVAL;
    case AF_INET6:
        address->length = sizeof address->inet6;
        address->inet6.sin6_port = htons((uint16_t)port);
        return text == NULL ? 0 : parse_inet6(&address->inet6, text);
    case AF_UNIX:
        return text == NULL ? EINVAL : parse_unix(address, text);
    default:
        return EAFNOSUPPORT;
    }
}

static int inet6_text(const struct sockaddr_in6 *inet6, char *text)
{
    inet_ntop(AF_INET6, &inet6->sin6_addr, text, INET6_ADDRSTRLEN);
    int length = (int)strlen(text);
    char name[IF_NAMESIZE];
    if (inet6->sin6_scope_id == 0)
        return length;
    if (if_indextoname(inet6->sin6_scope_id, name) == NULL)
        snprintf(name, sizeof name, "%u", (unsigned)inet6->sin6_scope_id);
    return length + snprintf(text + length, (size_t)(ADDRESS_TEXT_SIZE - length), "%%%s", name);
}

static int unix_text(const struct address *address, char *text)
{
    if (address->length <= path_offset)
        return 0;
    size_t length = address->length - path_offset;
    if (length > sizeof address->unix_path.sun_path)
        length = sizeof address->unix_path.sun_path;
    const char *path = address->unix_path.sun_path;
    bool abstract = path[0] == '\0';
    if (!abstract)
        length = strnlen(path, length);
    memcpy(text, path, length);
    if (abstract)
        text[0] = '@';
    return (int)length;
}

int address_text(const struct address *address, char *text)
{
    int length = 0;
    if (address->any.sa_family == AF_INET) {
        inet_ntop(AF_INET, &address->inet.sin_addr, text, INET_ADDRSTRLEN);
        length = (int)strlen(text);
    } else if (address->any.sa_family == AF_INET6) {
        length = inet6_text(&address->inet6, text);
    } else if (address->any.sa_family == AF_UNIX) {
        length = unix_text(address, text);
    }
    text[length] = '\0';
    return length;
}

int address_port(const struct address *address)
{
    if (address->any.sa_family == AF_INET)
        return ntohs(address->inet.sin_port);
    if (address->any.sa_family == AF_INET6)
        return ntohs(address->inet6.sin6_port);
    return 0;
}

bool address_is_multicast(const struct address *address)
{
    if (address->any.sa_family == AF_INET)
        return IN_MULTICAST(ntohl(address->inet.sin_addr.s_addr));
    return address->any.sa_family == AF_INET6 && IN6_IS_ADDR_MULTICAST(&address->inet6.sin6_addr);
}
