/*
 * Takes a write lease on a file and keeps it until its input ends: meanwhile every open of the file, exec included, waits
 * (fcntl(2), F_SETLEASE). For tests of a child that does not get to exec. Prints a line once it holds the lease.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(int count, char **arguments)
{
    char byte;
    int fd = count == 2 ? open(arguments[1], O_RDONLY | O_CLOEXEC) : -1;
    signal(SIGIO, SIG_IGN); /* "somebody wants the file" */
    if (fd < 0 || fcntl(fd, F_SETLEASE, F_WRLCK) != 0) {
        perror("hold-lease");
        return 1;
    }
    puts("held");
    fflush(stdout);
    return read(0, &byte, 1) == 0 ? 0 : 1;
}
