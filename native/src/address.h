/* Socket addresses as text and back. */
#ifndef XCFG_ADDRESS_H
#define XCFG_ADDRESS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/un.h>

struct address {
    socklen_t length;
    union {
        struct sockaddr any;
        struct sockaddr_in inet;
        struct sockaddr_in6 inet6;
        struct sockaddr_un unix_path;
        struct sockaddr_storage storage;
    };
};

/* The longest text is a unix path of 107 bytes behind `@`. */
enum { ADDRESS_TEXT_SIZE = 112 };

/* `text` is numeric (NULL: the wildcard) for inet and inet6, a path or `@name` for unix. Returns 0 or an errno. */
int address_parse(struct address *address, int family, const char *text, int port);
/* Writes the text into `text` (ADDRESS_TEXT_SIZE bytes) and returns its length. */
int address_text(const struct address *address, char *text);
int address_port(const struct address *address);
bool address_is_multicast(const struct address *address);

#endif
