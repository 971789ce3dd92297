import type { UserDatabase } from './prepare/credentials.ts';

/** Everything that loading asks of the name service, asked once: ten thousand services have a handful of users. */
export function cacheUsers(users: UserDatabase): UserDatabase {
  return {
    userByName: remember((name) => users.userByName(name)),
    userById: remember((uid) => users.userById(uid)),
    groupByName: remember((name) => users.groupByName(name)),
    groupList: (name, gid) => users.groupList(name, gid),
  };
}

function remember<Key, Answer>(ask: (key: Key) => Answer): (key: Key) => Answer {
  const answers = new Map<Key, Answer>();
  return (key) => {
    if (!answers.has(key)) answers.set(key, ask(key));
    return answers.get(key) as Answer;
  };
}
