/* A compiled plan: everything about a server program that is the same for each instance, ready for the child. */
#ifndef XCFG_PLAN_H
#define XCFG_PLAN_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct plan_limit {
    int resource;
    uint64_t amounts[2]; /* soft and hard, as prlimit64(2) takes them */
};

struct plan {
    atomic_uint references; /* the plan table and each queued start */
    unsigned queued, starting; /* its starts, and the threads that make a child of it; under the spawner's lock */
    char *path, *cwd;
    char **argv, **env; /* NULL-terminated */
    size_t env_count;
    bool has_uid, has_gid, has_groups, has_umask, starts_session;
    uid_t uid;
    gid_t gid;
    gid_t *groups;
    size_t group_count;
    mode_t umask;
    int nice; /* increment */
    struct plan_limit *limits;
    size_t limit_count;
};

struct plan *plan_retain(struct plan *plan);
void plan_release(struct plan *plan);

#endif
