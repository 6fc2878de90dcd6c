import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

/**
 * Storage of the embedded provider: bounded, in memory. Its tokens are signed and self-contained, so a restart
 * loses nothing anybody needs.
 * @param capacity entries kept, over all kinds; the oldest go first
 */
export function memoryAdapter(capacity: number): AdapterFactory {
  const entries = new Map<string, { payload: AdapterPayload; expiresAt: number }>();
  const find = (key: string): AdapterPayload | undefined => {
    const entry = entries.get(key);
    if (entry && entry.expiresAt > Date.now()) return entry.payload;
    entries.delete(key);
    return undefined;
  };
  const findBy = (model: string, field: 'uid' | 'userCode', value: string): AdapterPayload | undefined => {
    for (const [key, { payload }] of entries) {
      if (key.startsWith(`${model}:`) && payload[field] === value) return find(key);
    }
    return undefined;
  };
  return (model): Adapter => ({
    upsert: (id, payload, expiresIn) => {
      const key = `${model}:${id}`;
      entries.delete(key);
      entries.set(key, { payload, expiresAt: Date.now() + (expiresIn || 86_400) * 1000 });
      const oldest = entries.keys().next().value;
      if (entries.size > capacity && oldest !== undefined) entries.delete(oldest);
      return Promise.resolve();
    },
    find: (id) => Promise.resolve(find(`${model}:${id}`)),
    findByUid: (uid) => Promise.resolve(findBy(model, 'uid', uid)),
    findByUserCode: (code) => Promise.resolve(findBy(model, 'userCode', code)),
    consume: (id) => {
      const payload = find(`${model}:${id}`);
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
      return Promise.resolve();
    },
    destroy: (id) => {
      entries.delete(`${model}:${id}`);
      return Promise.resolve();
    },
    revokeByGrantId: (grantId) => {
      for (const [key, { payload }] of entries) if (payload.grantId === grantId) entries.delete(key);
      return Promise.resolve();
    },
  });
}
