export { LineDecoder, LineTooLong } from './line-decoder.js';
export {
  keysRequestSchema,
  keysResponseSchema,
  keysResultSchemas,
  MAX_LINE_BYTES,
  type DataKeyName,
  type KeysOperation,
  type KeysParameters,
  type KeysRequest,
  type KeysResponse,
  type KeysResult,
  type WrappedTenantKey,
} from './protocol.js';
