"""Invented headlines of one newsroom: some alike on purpose, some short, some with marks."""

HEADLINES = tuple(
    line.strip()
    for line in """
    Biden Admin Launches Narcotics Working Group With China
    Biden Admin Launches Working Group on Student Debt
    Biden Admin Quietly Drops Rule on Gas Stoves
    China Promises Action on Fentanyl, Delivers Little
    How China Buys American Farmland
    Senate Votes to Block Sale of Farmland to Foreign Firms
    House Votes Down Farm Bill for the Third Time
    The Bill Comes Due
    The Price of Eggs, Explained
    Why Eggs Cost So Much
    Why Rents Cost So Much in Small Towns
    Inflation
    Inflation Eases, but Groceries Do Not
    Grocery Prices Rise Again as Wages Stall
    What the Jobs Report Does Not Say
    What the Crime Report Does Not Say
    EXCLUSIVE: Inside the Office That Counts the Border
    EXCLUSIVE: Emails Show School Board Hid Test Scores
    ‘They Lied to Us’: Parents Take School Board to Court
    ‘We Were Never Asked’: Ranchers Fight Wind Farm
    Ranchers Fight Wind Farm on Public Land
    Judge Halts Wind Farm on Public Land
    Judge Halts Student Loan Plan
    Supreme Court Hears Case on Student Loan Plan
    Supreme Court Hears Case on Parental Rights
    Supreme Court Takes Up Gun Case From New York
    Supreme Court Turns Away Gun Case From Illinois
    7 Things to Know About the New Tax Law
    5 Things to Know About the New Voting Law
    10 Questions for the Secretary of Education
    Town Library to Cut Sunday Hours
    Town Library to Close for the Winter
    Town Council Raises Water Rates
    City Council Raises Parking Fees
    County Drops Charges Against Farmer
    A Farmer, a Fence, and the EPA
    EPA Rewrites the Rules on Puddles
    EPA Chief Faces Questions on Water Rule
    Is Your Car Spying on You?
    Is Your Phone Spying on Your Children?
    Are Our Elections Secure? A Clerk Answers
    A County Clerk Explains How Votes Are Counted
    How Votes Are Counted in Maine
    Maine Lawmakers Weigh Ranked Choice Voting
    Texas Lawmakers Weigh School Choice
    School Choice Comes to Texas
    School Choice Comes to Ohio
    School Choice: The Case Against
    The Case for Teaching Cursive
    The Case for the Electoral College
    In Defense of the Electoral College
    In Defense of the Penny
    Nurses Say Hospital Ignored Warnings
    Hospital Says Nurses Ignored Warnings
    Hospital Bills Leave Families in Debt
    Veterans Wait Months for Care at VA Clinic
    VA Clinic Reopens After Inspection
    VA Secretary Defends Record on Wait Times
    Army Misses Recruiting Goal Again
    Navy Names New Ship for Gold Star Mother
    Gold Star Families Ask for Answers on Kabul
    Remembering the Fall of Kabul
    Remembering the Fall of the Berlin Wall
    The Wall, 30 Years Later
    Border Wall Work Resumes in Arizona
    Border Crossings Fall for Third Month
    Sheriff on the Border: ‘We Are Overwhelmed’
    Sheriff Refuses to Enforce Gun Law
    Governor Signs Gun Law Over Sheriffs’ Objections
    Governor Vetoes Bill on Gender Clinics
    Governor Vetoes Bill on Data Centers
    Data Centers Strain the Grid in Virginia
    The Grid Is Not Ready for Electric Cars
    Electric Cars Pile Up on Dealers’ Lots
    Dealers Sue Over Electric Car Mandate
    California’s Electric Truck Mandate Meets Reality
    California’s High-Speed Rail to Nowhere
    High-Speed Rail Gets Another $3 Billion
    Amtrak Asks Congress for $2 Billion
    Congress Passes Stopgap Spending Bill
    Congress Leaves Town Without a Budget
    Congress Returns to Face Budget Fight
    The Debt Is $34 Trillion. Nobody Cares
    Social Security Runs Dry in 2033, Trustees Say
    Medicare Runs Dry in 2036, Trustees Say
    What Trustees Did Not Tell You About Social Security
    Court Sides With Baker in Speech Case
    Court Sides With Coach Who Prayed
    The Coach Who Prayed, Five Years On
    Pastor Jailed for Sermon Walks Free
    Pastor Runs for Mayor in Tulsa
    Mayor Resigns in Tulsa
    Mayor of Spokane Bans Camping in Parks
    Homeless Camps Return to Seattle Parks
    Seattle Police Chief Quits
    Police Chief Explains Rise in Car Thefts
    Car Thefts Double in Denver
    Denver Shelters Full as Migrants Arrive
    Chicago Teachers Union Demands 9% Raise
    Chicago Teachers Walk Out
    New York Teachers Told to Hide Test Results
    New York Loses Another 100,000 People
    Florida Gains Another 300,000 People
    Why People Leave New York
    Why People Stay in West Virginia
    Coal Country Looks for Work
    Steel Town Says No to Sale
    U.S. Steel Sale Divides Pennsylvania Town
    Union Boss Backs U.S. Steel Sale
    Tariffs Hit Home in Soybean Country
    Soybean Farmers Eye Brazil With Worry
    Trade Deal With Kenya Stalls
    Ukraine Aid Package Splits Republicans
    Ukraine’s Harvest in Wartime
    Letters From Kyiv
    Letters From Home
    A Letter to My Granddaughter
    Israel Strikes Back
    Israel Strikes Deal With Saudi Arabia
    Iran Tests New Missile
    Iran Holds Two Americans
    North Korea Tests New Missile
    Taiwan Votes Under China’s Shadow
    Taiwan’s Chips and America’s Future
    TikTok on the Clock
    TikTok Tells Congress It Will Not Sell
    Big Tech Tells Congress to Wait
    Artificial Intelligence in the Classroom
    Artificial Intelligence Writes the Sermon
    Colleges Bring Back the SAT
    Colleges Bring Back Segregated Dorms
    Harvard President Steps Down
    Harvard President Stands By Answer
    Princeton Drops Latin
    The University That Kept Its Word
    Homeschooling Doubles in Five Years
    Homeschooling Families Face New Rules
    Foster Families Turned Away for Faith
    Adoption Agencies Win in Court
    COVID-19 School Closures: The Bill
    COVID Origins Hearing Turns Ugly
    The Lab, the Market, and the Missing Data
    Measles Returns to Texas
    Rural Hospitals Close Their Maternity Wards
    Who Will Deliver the Babies?
    Who Will Fix the Roads?
    Bridge Collapse Closes Port of Baltimore
    Baltimore Rebuilds a Bridge
    Cows, Methane, and Common Sense
    Common Sense on Gas Stoves
    Jo Byline’s Notebook: A Week in Iowa
    Iowa Caucus: What We Learned
    New Hampshire Primary: What We Learned
    Café Owner Fights $40,000 Fine
    Fishermen Win Fight Over Monitors’ Pay
    Lobster Boats and Right Whales
    Church Bells Fall Silent in Vermont
    Vermont Town Meeting Turns 250
    """.strip().splitlines()
)
