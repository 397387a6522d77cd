// Tests run what ships: the specs that tsc compiled, as ES modules, without a transform. Jest starts its workers with
// this process's environment, so that Node's flags and the muted warnings reach them.
const FLAGS = [
  '--experimental-vm-modules',
  '--enable-source-maps',
  '--disable-warning=ExperimentalWarning',
  // kafkajs asks for timeouts in the past, harmlessly; Node 24 warns of each.
  '--disable-warning=TimeoutNegativeWarning',
];
const given = process.env.NODE_OPTIONS ?? '';
process.env.NODE_OPTIONS = [given, ...FLAGS.filter((flag) => !given.includes(flag))].join(' ').trim();

export default {
  testEnvironment: 'node',
  testMatch: ['**/dist/**/*.spec.js'],
  testPathIgnorePatterns: ['/node_modules/', '/.recoup/'],
  modulePathIgnorePatterns: ['<rootDir>/.recoup/', '<rootDir>/.nx/'],
  transform: {},
  testTimeout: 60_000,
  maxWorkers: 2,
  // Modules of the vm are never freed: a worker that has grown is replaced.
  workerIdleMemoryLimit: '1GB',
};
