import { Alert, Button, Card, Skeleton, Step, StepContent, StepLabel, Stepper } from '@mui/material';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import type { AccountCard } from '../accounts/accountTypes.js';
import { useAccount } from '../accounts/useAccount.js';
import { useMay } from '../api/identity.js';
import { PartTrouble } from '../feedback/PartTrouble.js';
import { LeaveQuestion } from '../forms/LeaveQuestion.js';
import { NotAllowed } from '../forms/NotAllowed.js';
import { useText } from '../i18n/useText.js';
import { Page } from '../layout/Page.js';
import { PageHeader } from '../layout/PageHeader.js';
import { PageTrouble } from '../layout/PageTrouble.js';
import { AssignStep } from './AssignStep.js';
import { InvoiceStep } from './InvoiceStep.js';
import { PaymentStep } from './PaymentStep.js';
import { QueueStep } from './QueueStep.js';
import { StepNote } from './StepNote.js';
import { WriteOffStep } from './WriteOffStep.js';
import { draftOf, keepDraft } from './referDraft.js';
import {
  isHalfDone,
  isTicked,
  referSteps,
  standingOf,
  stepAfter,
  type ReferProgress,
  type ReferStep,
} from './referSteps.js';
import { useBookedReference } from './useBookedReference.js';
import { useReferralStanding } from './useReferralStanding.js';

/** What each step is given, and how it says that it is done. */
export interface StepProps {
  account: AccountCard;
  progress: ReferProgress;
  onProgress: (change: Partial<ReferProgress>) => void;
  onDone: (change?: Partial<ReferProgress>) => void;
}

const stepViews: Record<ReferStep, (props: StepProps) => React.ReactNode> = {
  assign: AssignStep,
  payment: PaymentStep,
  'write-off': WriteOffStep,
  queue: QueueStep,
  invoice: InvoiceStep,
};

/** Refers an account's balance to an agency step by step, each step a booking of its own (LED-41, CON-11). */
export function ReferPage({ id }: { id: string }) {
  const text = useText();
  const may = useMay();
  const query = useAccount(id);
  const { data: account } = query;
  if (!account) return <PageTrouble query={query} />;
  return (
    <Page narrow>
      <PageHeader
        title={text('referring.stepsTitle')}
        below={text('referring.stepsBelow', { number: account.accountNumber })}
        actions={
          <Button component={Link} to={`/accounts/${account.id}`}>
            {text('referring.toAccount')}
          </Button>
        }
      />
      {may('agency-referrals', 'create') ? (
        <FromStanding key={account.id} account={account} />
      ) : (
        <NotAllowed what={text('referring.notAllowed')} needs={['agency-referrals', 'create']} />
      )}
    </Page>
  );
}

/** Opens where the referral stands, so that one that was left in the middle goes on from there. */
function FromStanding({ account }: { account: AccountCard }) {
  const text = useText();
  const { standing, asked } = useReferralStanding(account.id);
  if (standing === undefined)
    return <PartTrouble query={asked} waiting={<Skeleton variant="rounded" height={320} sx={{ maxWidth: 780 }} />} />;
  if (standing !== null) return <Steps account={account} from={standing} />;
  return (
    <Alert severity="info">
      {text('referring.nothing')} {text('referring.nothingThen')}
    </Alert>
  );
}

function Steps({ account, from }: { account: AccountCard; from: ReferProgress }) {
  const text = useText();
  // What is booked already is told by the books; only what waits to be booked is filled in again.
  const [progress, setProgress] = useState(() =>
    from.lines.length > 0 || from.step === 'invoice' ? from : { ...from, ...draftOf(account.id) },
  );
  useEffect(() => keepDraft(account.id, progress), [account.id, progress]);
  const reference = useBookedReference(account.id, from.booked) ?? progress.reference.trim();
  const over = progress.step === 'done';
  const active = over ? referSteps.length : referSteps.findIndex((step) => step === progress.step);
  return (
    <Card sx={{ p: { xs: 2, md: 3 }, maxWidth: 780 }}>
      <LeaveQuestion wanted={isHalfDone(progress)} what={text('referring.leaving')} />
      <Stepper activeStep={active} orientation="vertical">
        {referSteps.map((step) => {
          const View = stepViews[step];
          return (
            <Step key={step} completed={isTicked(standingOf(step, progress))}>
              <StepLabel optional={<StepNote step={step} progress={progress} reference={reference} />}>
                {text(`referring.steps.${step}`)}
              </StepLabel>
              <StepContent>
                <View
                  account={account}
                  progress={progress}
                  onProgress={(change) => setProgress((now) => ({ ...now, ...change }))}
                  onDone={(change) => setProgress((now) => advanced({ ...now, ...change }, step))}
                />
              </StepContent>
            </Step>
          );
        })}
      </Stepper>
      {over && (
        <Alert
          severity="success"
          sx={{ mt: 2 }}
          action={
            <Button color="inherit" size="small" component={Link} to={`/accounts/${account.id}`}>
              {text('referring.toAccount')}
            </Button>
          }
        >
          {text('referring.allDone')}
        </Alert>
      )}
    </Card>
  );
}

function advanced(progress: ReferProgress, step: ReferStep): ReferProgress {
  return { ...progress, step: stepAfter(step, progress) };
}
