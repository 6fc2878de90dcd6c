export { divorceCase } from './divorce-case/divorce-case.ts';
export { calendarRecomputation } from './calendar-recomputation/calendar-recomputation.ts';
export { counselling } from './counselling/counselling.ts';
export { reconciliation } from './reconciliation/reconciliation.ts';
