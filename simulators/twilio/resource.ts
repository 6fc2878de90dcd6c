import type { SmsRecord } from '../inbox.ts';

const VERSION = '2010-04-01';

/** A message as Twilio's REST API shows it. */
export function messageResource(accountSid: string, record: SmsRecord): object {
  const uri = `/${VERSION}/Accounts/${accountSid}/Messages/${record.id}`;
  const date = new Date(record.receivedAt).toUTCString().replace('GMT', '+0000');
  return {
    account_sid: accountSid,
    api_version: VERSION,
    body: record.text,
    date_created: date,
    date_sent: record.status === 'queued' ? null : date,
    date_updated: date,
    direction: 'outbound-api',
    error_code: record.errorCode,
    error_message: null,
    from: record.from,
    messaging_service_sid: record.messagingServiceSid,
    num_media: '0',
    num_segments: String(record.segments),
    price: null,
    price_unit: 'USD',
    sid: record.id,
    status: record.status,
    subresource_uris: { media: `${uri}/Media.json` },
    to: record.to,
    uri: `${uri}.json`,
  };
}

/** One page of a list, with the addresses by which the SDK turns pages. */
export function messagePage(
  accountSid: string,
  records: readonly SmsRecord[],
  page: number,
  pageSize: number,
  query: URLSearchParams,
): object {
  const address = (number: number): string => {
    const parameters = new URLSearchParams(query);
    parameters.set('Page', String(number));
    parameters.set('PageSize', String(pageSize));
    return `/${VERSION}/Accounts/${accountSid}/Messages.json?${parameters.toString()}`;
  };
  const start = page * pageSize;
  const shown = records.slice(start, start + pageSize);
  return {
    messages: shown.map((record) => messageResource(accountSid, record)),
    page,
    page_size: pageSize,
    start,
    end: Math.max(start, start + shown.length - 1),
    uri: address(page),
    first_page_uri: address(0),
    next_page_uri: start + pageSize < records.length ? address(page + 1) : null,
    previous_page_uri: page > 0 ? address(page - 1) : null,
  };
}
