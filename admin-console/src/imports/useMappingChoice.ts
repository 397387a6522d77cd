import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useStore } from 'react-admin';
import {
  dateFormats,
  fieldsOf,
  guessColumns,
  isComplete,
  mappingJson,
  mappingKinds,
  readHeaderOf,
  type MappingFieldView,
  type MappingKind,
  type OwnMapping,
} from './mapping.js';
import { useMappings } from './useMappings.js';

/** Stands among the shipped mappings' names for one that is made on the screen; no name may begin so. */
export const ownMapping = '{own}';

/** What is chosen of kind and mapping, and how it is chosen otherwise. */
export interface MappingChoice {
  kind: MappingKind;
  /** Names of the shipped mappings of that kind. */
  names: readonly string[];
  name: string;
  fields: readonly MappingFieldView[];
  /** Columns of the file; null when its first line names none, undefined while they are read. */
  header: readonly string[] | null | undefined;
  own: OwnMapping;
  /** What is sent: a name, or the mapping as JSON; undefined while it lacks something. */
  mapping: string | undefined;
  /** One chosen file and mapping is one intention: sent again after a cut connection, it stays one import. */
  key: string;
  chooseKind: (kind: MappingKind) => void;
  chooseName: (name: string) => void;
  changeOwn: (own: OwnMapping) => void;
  renewKey: () => void;
}

/** Keeps what is chosen for a file; the columns of a mapping that is made begin with a guess by their names. */
export function useMappingChoice(file: File | undefined): MappingChoice {
  const shipped = useMappings();
  const header = useHeader(file);
  // In memory, so that the file with its bad rows mended goes the same way as the first.
  const [kind, setKind] = useStore<MappingKind>('imports.kind', mappingKinds[0]);
  const [chosen, setChosen] = useStore<string | undefined>('imports.mapping');
  const [made, setMade] = useStore<{ for: string; own: OwnMapping } | undefined>('imports.own');
  const [key, setKey] = useState('');
  const renewKey = () => setKey(crypto.randomUUID());
  const names = shipped.filter((each) => each.kind === kind).map(({ id }) => id);
  const name = chosen ?? names[0] ?? '';
  const fields = fieldsOf(shipped, kind);
  const subject = `${kind}\n${(header ?? []).join('\n')}`;
  const begun = { name: `my-${kind}`, columns: guessColumns(fields, header ?? []), dates: dateFormats[0], offices: [] };
  const own: OwnMapping = made?.for === subject ? made.own : begun;
  const ownJson = header && isComplete(fields, own) ? mappingJson(kind, own) : undefined;
  return {
    kind,
    names,
    name,
    fields,
    header,
    own,
    mapping: name === ownMapping ? ownJson : name || undefined,
    key,
    chooseKind: (given) => {
      setKind(given);
      setChosen(chosen === ownMapping ? ownMapping : undefined);
      renewKey();
    },
    chooseName: (given) => {
      setChosen(given);
      renewKey();
    },
    changeOwn: (changed) => {
      setMade({ for: subject, own: changed });
      renewKey();
    },
    renewKey,
  };
}

function useHeader(file: File | undefined): string[] | null | undefined {
  const { data } = useQuery({
    queryKey: ['import-header', file?.name, file?.size, file?.lastModified],
    enabled: file !== undefined,
    queryFn: async () => (file ? ((await readHeaderOf(file)) ?? null) : null),
  });
  return data;
}
