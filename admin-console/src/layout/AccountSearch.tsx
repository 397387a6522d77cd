import SearchIcon from '@mui/icons-material/Search';
import { Autocomplete, Box, InputAdornment, TextField, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { isSilent } from '../api/askAgain.js';
import { fetchList } from '../api/fetchList.js';
import { pathOf } from '../api/services.js';
import { ErasedMark } from '../erasures/ErasedMark.js';
import { useText } from '../i18n/useText.js';
import { useProblemWords } from '../problems/useProblemWords.js';
import { useDelayed } from './useDelayed.js';

interface FoundAccount {
  id: string;
  number: string;
  name: string | null;
  officeCode: string;
}

const shownMax = 8;

/** Finds an account by number or name from every page. What is typed stays in memory. */
export function AccountSearch() {
  const text = useText();
  const navigate = useNavigate();
  const words = useProblemWords();
  const failed = (error: unknown) => (isSilent(error) ? text('search.failed') : words.sentence(error));
  const [typed, setTyped] = useState('');
  const q = useDelayed(typed.trim(), 250);
  const { data, error, isFetching } = useQuery({
    queryKey: ['account-search', q],
    enabled: q.length >= 2,
    queryFn: ({ signal }) =>
      fetchList<FoundAccount>(pathOf('accounts'), { filter: { q }, range: [0, shownMax - 1] }, { signal }),
  });
  return (
    <Autocomplete<FoundAccount>
      options={q.length >= 2 ? (data?.rows ?? []) : []}
      getOptionLabel={(account) => account.number}
      getOptionKey={(account) => account.id}
      filterOptions={(options) => options}
      loading={isFetching}
      noOptionsText={q.length >= 2 && error ? failed(error) : text(q.length < 2 ? 'search.typeMore' : 'search.none')}
      loadingText={text('search.loading')}
      inputValue={typed}
      value={null}
      blurOnSelect
      forcePopupIcon={false}
      slotProps={{ popper: { placement: 'bottom-start', sx: { minWidth: { xs: 'calc(100vw - 24px)', sm: 0 } } } }}
      onInputChange={(_, value, reason) => reason !== 'selectOption' && setTyped(value)}
      onChange={(_, account) => {
        setTyped('');
        if (account) void navigate(`/accounts/${account.id}`);
      }}
      renderOption={({ key: _key, ...props }, account) => (
        <Box component="li" {...props} key={account.id} sx={{ display: 'flex', gap: 1.5 }}>
          <Typography sx={{ fontWeight: 600, minWidth: 110 }}>{account.number}</Typography>
          <Typography noWrap sx={{ flex: 1 }}>
            {account.name ?? <ErasedMark />}
          </Typography>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {account.officeCode}
          </Typography>
        </Box>
      )}
      renderInput={(params) => (
        <TextField
          {...params}
          placeholder={text('search.placeholder')}
          slotProps={{
            ...params.slotProps,
            htmlInput: { ...params.slotProps.htmlInput, 'data-search': '', 'aria-label': text('search.label') },
            input: {
              ...params.slotProps.input,
              startAdornment: (
                <InputAdornment position="start" sx={{ ml: 0.5 }}>
                  <SearchIcon fontSize="small" />
                </InputAdornment>
              ),
              sx: { bgcolor: 'background.default' },
            },
          }}
        />
      )}
    />
  );
}
