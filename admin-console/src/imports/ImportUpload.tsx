import UploadFileOutlined from '@mui/icons-material/UploadFileOutlined';
import { Box, Button, Card, LinearProgress, Typography } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { ErrorPanel } from '../feedback/ErrorPanel.js';
import { SelectField } from '../forms/SelectField.js';
import { useText } from '../i18n/useText.js';
import { FieldProblems } from '../problems/FieldProblems.js';
import { FileDrop } from './FileDrop.js';
import type { ImportRun } from './importTypes.js';
import { KeptMappingSection } from './KeptMappingSection.js';
import { mappingKinds } from './mapping.js';
import { OwnMappingSection } from './OwnMappingSection.js';
import { uploadImport } from './uploadImport.js';
import { ownMapping, useMappingChoice, type MappingChoice } from './useMappingChoice.js';

/** Chooses a file, what its rows are and what its columns mean, and sends it. */
export function ImportUpload({ onStarted }: { onStarted: (started: ImportRun) => void }) {
  const text = useText();
  const [file, setFile] = useState<File>();
  const [share, setShare] = useState(0);
  const choice = useMappingChoice(file);
  const { mapping } = choice;
  const client = useQueryClient();
  // A double click comes before the button shows that it is at work.
  const sending = useRef(false);
  const upload = useMutation({
    mutationFn: ({ given, by }: { given: File; by: string }) =>
      uploadImport({ file: given, mapping: by, idempotencyKey: choice.key, onProgress: setShare }),
    onSuccess: (started) => {
      setFile(undefined);
      void client.invalidateQueries({ queryKey: ['imports'] });
      onStarted(started);
    },
    onSettled: () => {
      sending.current = false;
    },
  });
  const start = (given: File, by: string) => {
    if (sending.current) return;
    sending.current = true;
    upload.mutate({ given, by });
  };
  const noteId = useId();
  const choose = (given: File) => {
    upload.reset();
    setShare(0);
    choice.renewKey();
    setFile(given);
  };
  return (
    <Card sx={{ p: 2.5, display: 'grid', gap: 2 }}>
      <FileDrop file={file} disabled={upload.isPending} onFile={choose} />
      <FieldProblems error={upload.error}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'center' }}>
          <MappingSelects choice={choice} disabled={upload.isPending} onChosen={upload.reset} />
          <Button
            variant="contained"
            startIcon={<UploadFileOutlined />}
            disabled={!file || mapping === undefined}
            aria-describedby={noteId}
            loading={upload.isPending}
            onClick={() => file && mapping !== undefined && start(file, mapping)}
          >
            {text('imports.start')}
          </Button>
          <Typography id={noteId} variant="body2" sx={{ color: 'text.secondary', flex: '1 1 260px' }}>
            {text(noteOf(file, mapping))}
          </Typography>
        </Box>
        {!upload.isPending && <ChosenMapping file={file} choice={choice} onChosen={upload.reset} />}
        {upload.isPending && (
          <LinearProgress
            variant={share < 1 ? 'determinate' : 'indeterminate'}
            value={share * 100}
            aria-label={text('imports.uploading')}
          />
        )}
        {upload.error && (
          <Box sx={{ mx: -3, my: -2 }}>
            <ErrorPanel error={upload.error} />
          </Box>
        )}
      </FieldProblems>
    </Card>
  );
}

interface MappingSelectsProps {
  choice: MappingChoice;
  disabled: boolean;
  /** What was refused of another choice is nothing to this one. */
  onChosen: () => void;
}

/** The mapping that is made, or the kept one that is chosen; one that ships needs no words. */
function ChosenMapping({ file, choice, onChosen }: Omit<MappingSelectsProps, 'disabled'> & { file: File | undefined }) {
  const keep = (name: string) => {
    onChosen();
    choice.chooseName(name);
  };
  const change = () => {
    onChosen();
    choice.changeKept();
  };
  if (choice.name === ownMapping) return <OwnMappingSection file={file} choice={choice} onKept={keep} />;
  return choice.kept && <KeptMappingSection mapping={choice.kept} header={choice.header} onChange={change} />;
}

/** What the rows are, and by which mapping they are read. */
function MappingSelects({ choice, disabled, onChosen }: MappingSelectsProps) {
  const text = useText();
  const wide = { minWidth: 260, flex: { xs: '1 1 100%', sm: '0 0 auto' } };
  return (
    <>
      <Box sx={wide}>
        <SelectField
          label={text('imports.kind')}
          value={choice.kind}
          options={mappingKinds.map((kind) => ({ value: kind, label: text(`imports.kinds.${kind}`) }))}
          onChange={(chosen) => {
            onChosen();
            choice.chooseKind(mappingKinds.find((kind) => kind === chosen) ?? mappingKinds[0]);
          }}
          disabled={disabled}
        />
      </Box>
      <Box sx={wide}>
        <SelectField
          label={text('imports.mapping')}
          field="mapping"
          value={choice.name}
          options={[
            ...choice.names.map((name) => ({ value: name, label: name })),
            { value: ownMapping, label: text('imports.own') },
          ]}
          onChange={(name) => {
            onChosen();
            choice.chooseName(name);
          }}
          disabled={disabled}
        />
      </Box>
    </>
  );
}

/** Why the import can't begin yet, or what to know when it can. */
function noteOf(file: File | undefined, mapping: string | undefined): string {
  if (!file) return 'imports.fileFirst';
  return mapping === undefined ? 'imports.mappingFirst' : 'imports.twice';
}
