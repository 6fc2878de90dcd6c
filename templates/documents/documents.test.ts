import { describe, expect, it } from '@jest/globals';
import { PAPER_SAMPLES } from './documents.fixture.ts';
import { PAPER_KINDS, PaperGlyphError, renderPaper, type PaperKind } from './index.ts';
import { missingCharacters } from './layout/fonts.ts';
import { readPdf } from './read-pdf.fixture.ts';

/** Rendered with `changes` to the sample; the kind's own type is lost when kinds are looped over. */
function render(kind: PaperKind, changes: object = {}): Promise<Buffer> {
  return renderPaper(kind, { ...PAPER_SAMPLES[kind], ...changes });
}

/** The paper's text without the line ends its layout brought in. */
async function textOf(kind: PaperKind, changes: object = {}): Promise<string> {
  return readPdf(await render(kind, changes)).text.replaceAll('\n', '');
}

const TITLES: Readonly<Record<PaperKind, string>> = {
  application: '离婚登记申请书',
  receipt: '离婚登记申请受理回执单',
  'non-acceptance': '不予受理离婚登记申请告知书',
  'withdrawal-application': '撤回离婚登记申请书',
  'withdrawal-confirmation': '撤回离婚登记申请确认单',
  'interview-record': '询问笔录',
  declaration: '离婚登记声明书',
  'non-registration': '不予办理离婚登记告知书',
  'review-form': '离婚登记审查处理表',
  certificate: '离婚证',
};

describe('every paper', () => {
  it.each(PAPER_KINDS)('%s has one page of readable text with its title and the office', async (kind) => {
    const { pages, text } = readPdf(await render(kind));
    const plain = text.replaceAll('\n', '');
    expect(pages).toBe(1);
    expect(plain).toContain(TITLES[kind]);
    expect(plain).toContain('深圳市光明区婚姻登记处');
    expect(plain).not.toMatch(/\ufffd|undefined|NaN|\[object|\d{4}-\d{2}-\d{2}(?!\d)/);
  });

  it.each(PAPER_KINDS)('%s is the same bytes for the same props, other bytes for others', async (kind) => {
    const [one, two] = [await render(kind), await render(kind)];
    expect(one.equals(two)).toBe(true);
    expect((await render(kind, { createdAt: 0 })).equals(one)).toBe(false);
  });

  it.each(PAPER_KINDS)('%s is PDF/A-2b and embeds every font it uses as a subset', async (kind) => {
    const bytes = await render(kind);
    const { fonts } = readPdf(bytes);
    expect(fonts.length).toBeGreaterThan(0);
    for (const { name, isEmbedded } of fonts) {
      expect(name).toMatch(/^[A-Z]{6}\+NotoSerifSC-/);
      expect(isEmbedded).toBe(true);
    }
    expect(bytes.length).toBeLessThan(150_000);
    expect(bytes.toString('latin1')).toContain('<pdfaid:part>2</pdfaid:part>');
  });

  it.each(PAPER_KINDS)('%s says 样张 SPECIMEN in rehearsal and only there', async (kind) => {
    expect(await textOf(kind, { specimen: true })).toContain('样张 SPECIMEN');
    expect(await textOf(kind)).not.toContain('SPECIMEN');
  });

  it.each(PAPER_KINDS)(
    '%s has a guide line for readers of other languages, none for zh-Hans',
    async (kind) => {
      const [plain, traditional, english] = await Promise.all(
        ['zh-Hans', 'zh-Hant', 'en'].map((guide) => textOf(kind, { guide })),
      );
      expect(traditional).toMatch(/離婚|詢問/);
      expect(english).toMatch(/divorce|interview/i);
      expect(plain).not.toMatch(/離|詢|divorce|interview/i);
    },
  );
});

describe('receipt', () => {
  it('gives both periods, how to withdraw, what to bring and both signature blanks', async () => {
    const text = await textOf('receipt');
    for (const part of [
      '自 2026年11月24日 起，至 2026年12月23日 止',
      '自 2026年12月24日 起，至 2027年1月22日 止',
      '《撤回离婚登记申请书》',
      '视为撤回离婚登记申请',
      '离婚协议书一式三份',
      '欧阳试翀',
      '样䶮',
      '440399199205080026',
      '440311-2026-S000123',
    ]) {
      expect(text).toContain(part);
    }
    expect(text.match(/申请人签名：/g)).toHaveLength(2);
  });

  it('notes that dates may be recomputed exactly when one is provisional', async () => {
    expect(await textOf('receipt', { provisional: true })).toMatch(/（暂定）.*将重新计算/);
    expect(await textOf('receipt', { provisional: false })).not.toMatch(/暂定|重新计算/);
  });

  it('has no place for an address or a telephone', async () => {
    expect(await textOf('receipt')).not.toMatch(/住址|电话|10012345678|示例路/);
  });
});

describe('other papers', () => {
  it('print an address only where it is not kept apart', async () => {
    const { parties } = PAPER_SAMPLES['review-form'];
    const [first] = parties;
    expect(await textOf('review-form')).toContain('示例路');
    const apart = await textOf('review-form', { parties: [first, { ...parties[1], contact: 'kept-apart' }] });
    expect(apart).not.toMatch(/示例路|10012345678/);
    expect(apart).toContain('依规定另存登记机关');
  });

  it('leave room to explain a lost receipt only when it is lost', async () => {
    expect(await textOf('withdrawal-application')).toContain('回执单遗失情况说明');
    expect(await textOf('withdrawal-application', { isReceiptLost: false })).not.toContain('遗失');
  });

  it('confirm a withdrawal twice: for the party and for the archive', async () => {
    const text = await textOf('withdrawal-confirmation');
    expect(text).toContain('【当事人联】');
    expect(text).toContain('【存根联】');
  });

  it('refuse with every ground, its basis and both remedies', async () => {
    const text = await textOf('non-acceptance');
    expect(text).toContain('双方未达成离婚协议（依据：《婚姻登记条例》第十四条第一项）');
    expect(text).toContain('第十四条第三项');
    expect(text).toMatch(/六十日内.*行政复议.*六个月内.*行政诉讼/);
  });

  it('run on to further pages when there is much to say, losing nothing', async () => {
    const grounds = Array.from({ length: 60 }, (_, index) => ({
      reason: `理由甲${index}乙`.repeat(3),
      basis: '依据',
    }));
    const { pages, text } = readPdf(await render('non-acceptance', { grounds }));
    expect(pages).toBeGreaterThan(1);
    expect(text).toContain('理由甲59乙');
    expect(text).toContain(`第${pages}页`);
    const opinion = '经审查，'.repeat(200);
    const form = readPdf(await render('review-form', { opinion }));
    expect(form.pages).toBe(2);
    expect(form.text.replaceAll('\n', '').match(/经审查，/g)).toHaveLength(200);
    await expect(render('review-form', { opinion: opinion.repeat(10) })).rejects.toThrow(RangeError);
  });

  it('certify people with very long names on the same page', async () => {
    const { holder, otherParty } = PAPER_SAMPLES.certificate;
    const name = 'Maria Alejandra Constanza Guadalupe de la Fuente y Villanueva-Montgomery';
    const changes = { holder: { ...holder, name }, otherParty: { ...otherParty, name } };
    const { pages, text } = readPdf(await render('certificate', changes));
    expect(pages).toBe(1);
    expect(text.replace(/\s/g, '').match(/MariaAlejandra.*?Montgomery/g)).toHaveLength(3);
  });

  it('leave the certificate squares of the review form blank until one is issued', async () => {
    expect(await textOf('review-form', { certificate: undefined })).not.toContain('L440311');
    expect(await textOf('review-form')).toContain('L440311-2026-000123');
  });

  it('ask about children only where there are any, and name the interpreter', async () => {
    expect(await textOf('interview-record', { hasMinorChildren: false })).not.toContain('抚养费');
    expect(await textOf('interview-record', { interpreter: '译员乙' })).toMatch(/译员乙.*翻译签名/);
  });
});

describe('font', () => {
  it('covers all of GBK and Big5', () => {
    for (const encoding of ['gbk', 'big5']) {
      const decoder = new TextDecoder(encoding);
      let characters = '';
      for (let high = 0x81; high <= 0xfe; high += 1) {
        for (let low = 0x40; low <= 0xfe; low += 1) characters += decoder.decode(Uint8Array.of(high, low));
      }
      const han = (characters.match(/\p{Script=Han}/gu) ?? []).join('');
      expect(han.length).toBeGreaterThan(13_000);
      expect(missingCharacters(han)).toEqual([]);
    }
  });

  it('refuses a name it cannot print instead of leaving a gap, and does not repeat the name', async () => {
    const { holder } = PAPER_SAMPLES.certificate;
    const refused = render('certificate', { holder: { ...holder, name: '王𠮷' } });
    await expect(refused).rejects.toThrow(PaperGlyphError);
    await expect(refused).rejects.toThrow(/^no glyph for U\+20BB7$/);
  });
});
