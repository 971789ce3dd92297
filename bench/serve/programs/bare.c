/*
 * The floor: accept, vfork, exec and nothing else. No access control, no credentials, no log, one service.
 *
 *   bare PORT PROGRAM
 */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int listen_on(int port)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int on = 1;
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
        bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, 64) != 0) {
        perror("bare");
        exit(1);
    }
    return fd;
}

int main(int count, char **arguments)
{
    if (count != 3) {
        fprintf(stderr, "usage: bare PORT PROGRAM\n");
        return 2;
    }
    int listener = listen_on(atoi(arguments[1]));
    char *const argv[] = {arguments[2], NULL}, *const envp[] = {NULL};
    for (;;) {
        int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
        if (fd < 0)
            continue;
        if (vfork() == 0) {
            setsid();
            dup2(fd, 0);
            dup2(fd, 1);
            dup2(fd, 2);
            execve(argv[0], argv, envp);
            _exit(127);
        }
        close(fd);
        while (waitpid(-1, NULL, WNOHANG) > 0) {
        }
    }
}
