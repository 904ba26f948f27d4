/** An object store that was there before: MinIO, or any other S3 endpoint. */
export interface OutsideStore {
  /** `https://host:port` or `http://host:port`. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
}

/** What of it was typed; the endpoint is the only part without a usual value. */
export interface TypedStore {
  readonly store?: string | undefined;
  readonly storeRegion?: string | undefined;
  readonly storeBucket?: string | undefined;
}

/** The store for this run, not checked yet: what was typed, then what was chosen before, then what S3 servers take. */
export function chooseStore(typed: TypedStore, before: OutsideStore | undefined): Partial<OutsideStore> | undefined {
  if (!before && !typed.store && !typed.storeRegion && !typed.storeBucket) return undefined;
  const endpoint = typed.store ?? before?.endpoint;
  return {
    ...(endpoint === undefined ? {} : { endpoint }),
    region: typed.storeRegion ?? before?.region ?? 'us-east-1',
    bucket: typed.storeBucket ?? before?.bucket ?? 'lyceum',
  };
}

/** Everything that is wrong with one, in words. */
export function storeMistakes(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) {
    return [`store ${JSON.stringify(value)} is not an object with endpoint, region and bucket`];
  }
  const { endpoint, region, bucket } = value as Record<string, unknown>;
  const mistakes: string[] = [];
  if (typeof endpoint !== 'string' || !/^https?:\/\/[^/?#@]+$/.test(endpoint) || !URL.canParse(endpoint)) {
    mistakes.push(`store.endpoint ${JSON.stringify(endpoint)} is not like https://s3.example.edu:9000`);
  }
  if (typeof region !== 'string' || !/^[a-z0-9-]+$/i.test(region)) {
    mistakes.push(`store.region ${JSON.stringify(region)} is not a word of letters, digits and dashes`);
  }
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
  if (typeof bucket !== 'string' || !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
    mistakes.push(`store.bucket ${JSON.stringify(bucket)} is not 3 to 63 small letters, digits, dots and dashes`);
  }
  return mistakes;
}
