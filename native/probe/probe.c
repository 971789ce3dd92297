/*
 * A server that tells how it was started: one `name value` line per fact on descriptor 1. For tests.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static void tell_status(void)
{
    static const char *const wanted[] = {"Uid:", "Gid:", "Groups:", "SigBlk:", "SigIgn:", "SigCgt:", "CapEff:", "CapAmb:"};
    char line[4096];
    FILE *status = fopen("/proc/self/status", "re");
    while (status != NULL && fgets(line, sizeof line, status) != NULL)
        for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
            if (strncmp(line, wanted[i], strlen(wanted[i])) == 0)
                fputs(line, stdout);
    if (status != NULL)
        fclose(status);
}

static void tell_descriptors(void)
{
    DIR *folder = opendir("/proc/self/fd");
    struct dirent *entry;
    printf("fds:");
    while (folder != NULL && (entry = readdir(folder)) != NULL)
        if (entry->d_name[0] != '.' && atoi(entry->d_name) != dirfd(folder))
            printf(" %s", entry->d_name);
    printf("\n");
    if (folder != NULL)
        closedir(folder);
}

static void tell_limits(void)
{
    static const struct {
        const char *name;
        int resource;
    } limits[] = {{"nofile", RLIMIT_NOFILE}, {"as", RLIMIT_AS},       {"cpu", RLIMIT_CPU},
                  {"core", RLIMIT_CORE},     {"stack", RLIMIT_STACK}, {"memlock", RLIMIT_MEMLOCK}};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct rlimit limit;
        if (getrlimit(limits[i].resource, &limit) == 0)
            printf("limit_%s: %lld %lld\n", limits[i].name, (long long)limit.rlim_cur, (long long)limit.rlim_max);
    }
}

static void tell_option(const char *name, int level, int option)
{
    int value = 0;
    socklen_t length = sizeof value;
    if (getsockopt(0, level, option, &value, &length) == 0)
        printf("%s: %d\n", name, value);
}

int main(int count, char **arguments, char **environment)
{
    char folder[4096];
    mode_t mask = umask(0);
    for (int i = 0; i < count; i++)
        printf("argv: %s\n", arguments[i]);
    for (char **word = environment; *word != NULL; word++)
        printf("env: %s\n", *word);
    printf("cwd: %s\n", getcwd(folder, sizeof folder) != NULL ? folder : "?");
    printf("umask: %03o\n", (unsigned)mask);
    printf("nice: %d\n", getpriority(PRIO_PROCESS, 0));
    printf("session: %s\n", getsid(0) == getpid() ? "own" : "inherited");
    tell_status();
    tell_descriptors();
    tell_limits();
    tell_option("acceptconn", SOL_SOCKET, SO_ACCEPTCONN);
    tell_option("keepalive", SOL_SOCKET, SO_KEEPALIVE);
    tell_option("rcvbuf", SOL_SOCKET, SO_RCVBUF);
    tell_option("nodelay", IPPROTO_TCP, TCP_NODELAY);
    return 0;
}
