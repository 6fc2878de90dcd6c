import { CHANNELS, type NoticeKind } from '../domain/reminders/kinds.ts';
import { DATE_ANCHORS, type ReminderAnchor } from '../domain/reminders/policy.ts';
import type { PlainDate } from '../domain/plain-date.ts';
import { ANCHORS_OF_KIND, LATEST_DAYS, recipientsAt, REQUIRED_KINDS, templateFits } from './policy-fit.ts';
import { pathText, type PolicyProblem, type PolicyProblemCode, shown, valueAt } from './policy-problems.ts';
import { type RuleShape, ruleSchema } from './policy-schema.ts';

/**
 * What the parts of a policy file mean to each other. Reads the file as it stands, so that one wrong value does not
 * hide the others: what has not its shape is passed over here.
 */
export function checkMeaning(json: unknown, today: PlainDate): PolicyProblem[] {
  const policies = listAt(json, ['policies']);
  return [
    ...policies.flatMap((_, index) => [
      ...checkRules(json, ['policies', index]),
      ...checkKinds(json, ['policies', index]),
    ]),
    ...checkTogether(json, policies, today),
  ];
}

type Path = readonly PropertyKey[];

function listAt(json: unknown, path: Path): readonly unknown[] {
  const list = valueAt(json, path);
  return Array.isArray(list) ? list : [];
}

function checkRules(json: unknown, path: Path): PolicyProblem[] {
  const hours = {
    from: textAt(json, [...path, 'sendingHours', 'from']),
    until: textAt(json, [...path, 'sendingHours', 'until']),
  };
  const seen = new Set<string>();
  return listAt(json, [...path, 'rules']).flatMap((raw, index) => {
    const parsed = ruleSchema.safeParse(raw);
    if (!parsed.success) return [];
    const rule = parsed.data;
    const at = [...path, 'rules', index];
    const found = checkRule(rule, at);
    if (
      rule.at !== undefined &&
      hours.from &&
      hours.until &&
      (rule.at < hours.from || rule.at >= hours.until)
    ) {
      const expected = `a time from ${hours.from} to before ${hours.until}, when messages may be sent`;
      found.push(problem('TIME_OUTSIDE_SENDING_HOURS', [...at, 'at'], rule.at, expected));
    }
    // Both would have one key, and so be one notice.
    const key = [rule.kind, rule.on, rule.days ?? 0, rule.minutes ?? ''].join(' ');
    if (seen.has(key))
      found.push(problem('RULE_TWICE', at, undefined, 'no second rule of this kind for the same day'));
    seen.add(key);
    return found;
  });
}

/** What a right hangs on is never left out by forgetting it. */
function checkKinds(json: unknown, path: Path): PolicyProblem[] {
  const at = [...path, 'rules'];
  const rules = listAt(json, at);
  const kinds = rules.map((_, index) => textAt(json, [...at, index, 'kind']));
  if (rules.length === 0) return [];
  return REQUIRED_KINDS.filter((kind) => !kinds.includes(kind)).map((kind) =>
    problem('KIND_MISSING', at, undefined, `a rule for ${kind} too: a right hangs on it`),
  );
}

function checkRule(rule: RuleShape, path: Path): PolicyProblem[] {
  return [
    ...checkAnchor(rule, path),
    ...checkTime(rule, path),
    ...checkChannels(rule, path),
    ...checkOptional(rule, path),
  ];
}

function checkAnchor({ kind, on, to, template }: RuleShape, path: Path): PolicyProblem[] {
  const anchors = ANCHORS_OF_KIND[kind];
  if (!anchors.includes(on)) {
    return [problem('KIND_NOT_AT_ANCHOR', [...path, 'on'], on, `for ${kind}: ${anchors.join(' or ')}`)];
  }
  const problems: PolicyProblem[] = [];
  const recipients = recipientsAt(on);
  if (!recipients.includes(to)) {
    problems.push(
      problem('RECIPIENTS_DO_NOT_FIT', [...path, 'to'], to, `on ${on}: ${recipients.join(' or ')}`),
    );
  }
  if (template !== undefined && !templateFits(template, kind, on)) {
    const expected = `a wording that is true for ${kind} on ${on}`;
    problems.push(problem('TEMPLATE_DOES_NOT_FIT', [...path, 'template'], template, expected));
  }
  return problems;
}

function checkTime({ on, days, minutes, at }: RuleShape, path: Path): PolicyProblem[] {
  const dated: readonly ReminderAnchor[] = DATE_ANCHORS;
  if (minutes !== undefined) {
    const problems: PolicyProblem[] = [];
    if (on !== 'appointment')
      problems.push(
        problem('MINUTES_NOT_AT_ANCHOR', [...path, 'minutes'], minutes, 'minutes for appointment only'),
      );
    if (days !== undefined || at !== undefined)
      problems.push(
        problem('MINUTES_WITH_DAYS', [...path, 'minutes'], minutes, 'either minutes, or days and at'),
      );
    return problems;
  }
  if (at === undefined && (dated.includes(on) || days !== undefined)) {
    return [
      problem('TIME_MISSING', [...path, 'at'], undefined, 'a time HH:MM, because the rule names a day'),
    ];
  }
  if (!dated.includes(on) && days !== undefined && days < 0) {
    return [problem('VALUE_INVALID', [...path, 'days'], days, 'no day before what it follows')];
  }
  const latest = LATEST_DAYS[on];
  if (latest !== undefined && (days ?? 0) > latest) {
    const expected = `at most ${latest} on ${on}: later it would be of no use to anybody`;
    return [problem('DAYS_TOO_LATE', [...path, 'days'], days, expected)];
  }
  return [];
}

function checkChannels({ kind, channels }: RuleShape, path: Path): PolicyProblem[] {
  const problems = channels.flatMap((channel, index): PolicyProblem[] => {
    const where = [...path, 'channels', index];
    if (channels.indexOf(channel) < index)
      return [problem('CHANNEL_TWICE', where, channel, 'each channel once')];
    if (channel !== 'call' || index === channels.length - 1) return [];
    return [
      problem('CALL_NOT_LAST', where, channel, 'call as the last channel: nothing comes after a person'),
    ];
  });
  if (kind === 'number-confirmation' && channels.some((channel) => channel !== 'sms')) {
    const expected = `sms alone of ${CHANNELS.join(', ')}: the code proves the number`;
    problems.push(problem('CONFIRMATION_NOT_BY_SMS', [...path, 'channels'], channels, expected));
  }
  return problems;
}

function checkOptional({ kind, optional }: RuleShape, path: Path): PolicyProblem[] {
  const required: readonly NoticeKind[] = REQUIRED_KINDS;
  if (optional !== true || !required.includes(kind)) return [];
  const expected = `nobody to be able to decline ${kind}`;
  return [problem('RIGHT_MADE_OPTIONAL', [...path, 'optional'], optional, expected)];
}

function checkTogether(json: unknown, policies: readonly unknown[], today: PlainDate): PolicyProblem[] {
  const versions = policies.map((_, index) => textAt(json, ['policies', index, 'version']));
  const days = policies.map((_, index) => textAt(json, ['policies', index, 'from']));
  const problems = [
    ...repeated(versions).map((index) =>
      problem('VERSION_TWICE', ['policies', index, 'version'], versions[index], 'a version of its own'),
    ),
    ...repeated(days).map((index) =>
      problem('FROM_TWICE', ['policies', index, 'from'], days[index], 'a first day of its own'),
    ),
  ];
  if (policies.length > 0 && !days.some((from) => from !== undefined && from <= today)) {
    problems.push(problem('NONE_IN_FORCE', ['policies'], undefined, `a policy in force on ${today}`));
  }
  return problems;
}

/** Indexes of values that stood before. */
function repeated(values: readonly (string | undefined)[]): number[] {
  return values.flatMap((value, index) =>
    value !== undefined && values.indexOf(value) < index ? [index] : [],
  );
}

function textAt(json: unknown, path: Path): string | undefined {
  const value = valueAt(json, path);
  return typeof value === 'string' ? value : undefined;
}

function problem(code: PolicyProblemCode, path: Path, value: unknown, expected: string): PolicyProblem {
  return { code, path: pathText(path), value: shown(value), expected };
}
