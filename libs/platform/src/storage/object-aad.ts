/** What an encrypted object is: the same must be given to write and to read it. */
export interface ObjectIdentity {
  /** Relative to the tenant, e.g. `recordings/<id>/pieces/000001`. */
  name: string;
  /** Kind for retention, e.g. `recording.track`. */
  kind: string;
  /** Whatever else the bytes belong to: recording, track, piece number. */
  aad?: Readonly<Record<string, string | number>>;
}

/**
 * The additional data of an object's FLOE header: bytes that are not stored, but without which the object does not open.
 * An object moved to another name or tenant, offered as another kind or under another key or content type fails. JSON
 * of arrays in a fixed order is one-to-one, so no two identities share their bytes.
 */
export function objectAad(
  tenantId: string,
  object: ObjectIdentity & { dataKeyId: string; contentType: string },
): Buffer {
  const extra = Object.entries(object.aad ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const { kind, name, dataKeyId, contentType } = object;
  return Buffer.from(JSON.stringify(['lyceum.object.1', tenantId, kind, name, dataKeyId, contentType, extra]));
}
